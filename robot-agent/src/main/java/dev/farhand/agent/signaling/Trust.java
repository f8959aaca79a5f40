package dev.farhand.agent.signaling;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed: the system's, and those of a private authority. */
public final class Trust {
  private Trust() {}

  /**
   * A TLS context that also believes the certificates in this file. Host names are checked as ever.
   *
   * @param ca PEM, one certificate or several
   * @throws IllegalArgumentException if the file cannot be read; the message says which
   */
  public static SSLContext context(Optional<Path> ca) {
    try {
      if (ca.isEmpty()) {
        return SSLContext.getDefault();
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate certificate : system()) {
        store.setCertificateEntry("system-" + number++, certificate);
      }
      try (InputStream file = Files.newInputStream(ca.get())) {
        Collection<? extends Certificate> own =
            CertificateFactory.getInstance("X.509").generateCertificates(file);
        if (own.isEmpty()) {
          throw new CertificateException("it holds none");
        }
        for (Certificate certificate : own) {
          store.setCertificateEntry("ca-" + number++, certificate);
        }
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      return context;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "There is no file " + e.getFile() + " with certificates. Check --ca.", e);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The certificates in "
              + ca.map(Path::toString).orElse("the system")
              + " cannot be read: "
              + e.getMessage(),
          e);
    }
  }

  private static X509Certificate[] system() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
