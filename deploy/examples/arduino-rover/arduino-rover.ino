// The Arduino's side of robot.yaml beside this file: an Uno or Nano, an L298N board, two motors.
//
// Reads lines of text at 115200 baud:
//
//   M <left> <right>   speeds from -255 to 255
//   L <0 or 1>         the lamp, which Farhand writes through from its pages
//
// and tells the battery's voltage twice a second, as "battery 7.42".
//
// Whatever becomes of the computer, the cable or the network: 300 ms after the last good M line the
// motors stand still. This is the robot's last software stop; a switch in the battery's wire is the
// one after it.

const unsigned long TIMEOUT_MS = 300;
const unsigned long TELL_MS = 500;
const byte MOST = 32;  // a longer line is none of ours

// ENA and ENB of the L298N need pins with PWM; take their jumpers off.
const byte LEFT_PWM = 5, LEFT_IN1 = 7, LEFT_IN2 = 8;
const byte RIGHT_PWM = 6, RIGHT_IN1 = 9, RIGHT_IN2 = 10;
const byte LAMP = 13;
const byte BATTERY = A0;  // over 20 kOhm from the battery's plus, 10 kOhm to GND

char line[MOST + 1];
byte length = 0;
bool tooLong = false;
bool moving = false;
unsigned long heardAt = 0;
unsigned long toldAt = 0;

void side(byte pwm, byte in1, byte in2, int speed) {
  digitalWrite(in1, speed > 0 ? HIGH : LOW);
  digitalWrite(in2, speed < 0 ? HIGH : LOW);
  analogWrite(pwm, abs(speed));
}

void drive(int left, int right) {
  side(LEFT_PWM, LEFT_IN1, LEFT_IN2, left);
  side(RIGHT_PWM, RIGHT_IN1, RIGHT_IN2, right);
  moving = left != 0 || right != 0;
}

// A whole number at *at, after a blank, within bounds; moves *at behind it.
bool number(char **at, int least, int most, int *value) {
  if (**at != ' ') return false;
  char *end;
  long read = strtol(*at + 1, &end, 10);
  if (end == *at + 1 || read < least || read > most) return false;
  *at = end;
  *value = (int)read;
  return true;
}

void obey() {
  char *at = line + 1;
  int first, second;
  if (line[0] == 'M' && number(&at, -255, 255, &first) && number(&at, -255, 255, &second) &&
      *at == '\0') {
    heardAt = millis();
    drive(first, second);
  } else if (line[0] == 'L' && number(&at, 0, 1, &first) && *at == '\0') {
    digitalWrite(LAMP, first);
  }
  // Anything else is noise, and does not count as having heard from anybody.
}

void take(char next) {
  if (next == '\n') {
    line[length] = '\0';
    if (!tooLong) obey();
    length = 0;
    tooLong = false;
  } else if (length == MOST) {
    tooLong = true;
  } else if (next != '\r') {
    line[length++] = next;
  }
}

void setup() {
  const byte outputs[] = {LEFT_PWM, LEFT_IN1, LEFT_IN2, RIGHT_PWM, RIGHT_IN1, RIGHT_IN2, LAMP};
  for (byte pin : outputs) {
    digitalWrite(pin, LOW);
    pinMode(pin, OUTPUT);
  }
  drive(0, 0);
  Serial.begin(115200);
}

void loop() {
  // The watch comes first: the lines below may be old ones that have piled up.
  if (moving && millis() - heardAt >= TIMEOUT_MS) drive(0, 0);
  // What comes meanwhile waits for the next round, so that a talkative computer can't hold it up.
  for (int waiting = Serial.available(); waiting > 0; waiting--) take((char)Serial.read());
  // Only if there is room for it, since a full buffer would hold up the watch.
  if (millis() - toldAt >= TELL_MS && Serial.availableForWrite() >= 20) {
    toldAt = millis();
    Serial.print("battery ");
    Serial.println(analogRead(BATTERY) * (5.0 * 3 / 1023));
  }
}
