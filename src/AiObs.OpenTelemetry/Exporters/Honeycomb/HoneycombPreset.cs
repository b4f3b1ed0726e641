using Microsoft.Extensions.Configuration;

namespace AiObs.OpenTelemetry.Exporters.Honeycomb;

/// <summary>Honeycomb.</summary>
internal sealed class HoneycombPreset : ExporterPreset<HoneycombExporterOptions>
{
    private const string ApiKeyVariable = "HONEYCOMB_API_KEY";

    public override string DefaultName => "Honeycomb";

    public override void ReadEnvironment(HoneycombExporterOptions options, Func<string, string?> read)
    {
        if (read("HONEYCOMB_API_ENDPOINT") is { } address)
        {
            options.Endpoint = ReadAddress(address);
        }

        options.ApiKey = read(ApiKeyVariable) ?? options.ApiKey;
        options.Dataset = read("HONEYCOMB_DATASET") ?? options.Dataset;
    }

    public override void Bind(IConfiguration section, HoneycombExporterOptions options) => section.Bind(options);

    public override BackendTarget Describe(HoneycombExporterOptions options)
    {
        var headers = new Dictionary<string, string> { ["x-honeycomb-team"] = options.ApiKey! };
        if (!string.IsNullOrEmpty(options.Dataset))
        {
            headers["x-honeycomb-dataset"] = options.Dataset;
        }

        return new() { Endpoint = BackendAddress.ForTraces(options.Endpoint ?? AddressOf(options.Region)!), Headers = headers };
    }

    protected override void CheckAddress(HoneycombExporterOptions options, ProblemList problems)
    {
        if (options.Endpoint is not null)
        {
            base.CheckAddress(options, problems);
        }
        else if (AddressOf(options.Region) is null)
        {
            problems.Add(nameof(options.Region), $"has the unknown value {(int)options.Region}. Use Us or Eu.");
        }
    }

    protected override void FindProblems(HoneycombExporterOptions options, ProblemList problems) =>
        CheckKey(nameof(options.ApiKey), options.ApiKey, ApiKeyVariable, "an ingest key of the Honeycomb environment", problems);

    private static Uri? AddressOf(HoneycombRegion region) => region switch
    {
        HoneycombRegion.Us => new("https://api.honeycomb.io"),
        HoneycombRegion.Eu => new("https://api.eu1.honeycomb.io"),
        _ => null,
    };
}
