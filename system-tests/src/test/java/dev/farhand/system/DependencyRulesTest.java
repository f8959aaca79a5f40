package dev.farhand.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** CONTRIBUTING.md's table of what may depend on what. */
@AnalyzeClasses(packages = "dev.farhand", importOptions = DoNotIncludeTests.class)
class DependencyRulesTest {
  private static final String PROTOCOL = "dev.farhand.protocol..";
  private static final String SIGNALING = "dev.farhand.signaling..";
  private static final String AGENT = "dev.farhand.agent..";

  @ArchTest
  static final ArchRule the_protocol_knows_nobody =
      classes()
          .that()
          .resideInAPackage(PROTOCOL)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(PROTOCOL, "java..", "com.fasterxml.jackson..", "org.jspecify..");

  @ArchTest
  static final ArchRule the_server_does_not_know_the_agent =
      noClasses()
          .that()
          .resideInAPackage(SIGNALING)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(AGENT);

  @ArchTest
  static final ArchRule the_agent_knows_neither_the_server_nor_its_libraries =
      noClasses()
          .that()
          .resideInAPackage(AGENT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SIGNALING, "io.vertx..");

  @ArchTest
  static final ArchRule only_one_package_touches_webrtc_java =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.farhand.agent.webrtc..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.onvoid.webrtc..");

  @ArchTest
  static final ArchRule packages_form_no_cycles =
      slices().matching("dev.farhand.(**)").should().beFreeOfCycles();
}
