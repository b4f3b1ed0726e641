using AiObs.TestSupport.Otlp;

[assembly: AssemblyFixture(typeof(PatientExport))]

namespace AiObs.OpenTelemetry.Tests;

/// <summary>Holds the tests that set environment variables; while one runs, no other test does.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public sealed class ProcessEnvironment;
