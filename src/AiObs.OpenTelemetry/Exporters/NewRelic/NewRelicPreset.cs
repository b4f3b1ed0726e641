using Microsoft.Extensions.Configuration;

namespace AiObs.OpenTelemetry.Exporters.NewRelic;

/// <summary>New Relic's endpoint for OTLP.</summary>
internal sealed class NewRelicPreset : ExporterPreset<NewRelicExporterOptions>
{
    private const string LicenseKeyVariable = "NEW_RELIC_LICENSE_KEY";

    /// <summary>Requests above 1 MB are refused.</summary>
    private const int LargestBatch = 64;

    public override string DefaultName => "NewRelic";

    public override void ReadEnvironment(NewRelicExporterOptions options, Func<string, string?> read) =>
        options.LicenseKey = read(LicenseKeyVariable) ?? options.LicenseKey;

    public override void Bind(IConfiguration section, NewRelicExporterOptions options) => section.Bind(options);

    public override BackendTarget Describe(NewRelicExporterOptions options) => new()
    {
        Endpoint = BackendAddress.ForTraces(options.Endpoint ?? AddressOf(options.Region)!),
        Headers = new Dictionary<string, string> { ["api-key"] = options.LicenseKey! },
        LargestBatch = LargestBatch,
        IsCompressed = true,
    };

    protected override void CheckAddress(NewRelicExporterOptions options, ProblemList problems)
    {
        if (options.Endpoint is not null)
        {
            base.CheckAddress(options, problems);
        }
        else if (AddressOf(options.Region) is null)
        {
            problems.Add(nameof(options.Region), $"has the unknown value {(int)options.Region}. Use Us, Eu or FedRamp.");
        }
    }

    protected override void FindProblems(NewRelicExporterOptions options, ProblemList problems) =>
        CheckKey(nameof(options.LicenseKey), options.LicenseKey, LicenseKeyVariable, "a license key of the New Relic account", problems);

    private static Uri? AddressOf(NewRelicRegion region) => region switch
    {
        NewRelicRegion.Us => new("https://otlp.nr-data.net"),
        NewRelicRegion.Eu => new("https://otlp.eu01.nr-data.net"),
        NewRelicRegion.FedRamp => new("https://gov-otlp.nr-data.net"),
        _ => null,
    };
}
