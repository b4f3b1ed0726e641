namespace AiObs.TestSupport.Otlp;

/// <summary>Lets the exporters of a process wait for an answer for as long as a test may take; by themselves they give up after ten seconds.</summary>
/// <remarks>It is longer than <see cref="HangGuard"/>, so that an exporter that was told to give up earlier shows whether it does.</remarks>
public sealed class PatientExport
{
    /// <summary>The variable that the exporters read.</summary>
    public const string Variable = "OTEL_EXPORTER_OTLP_TIMEOUT";

    /// <summary>Its value, in milliseconds: an hour.</summary>
    public const string Value = "3600000";

    /// <summary>Initializes a new instance of the <see cref="PatientExport"/> class, as the fixture of an assembly.</summary>
    public PatientExport() => Environment.SetEnvironmentVariable(Variable, Value);
}
