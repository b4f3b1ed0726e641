using Microsoft.Extensions.Configuration;

namespace AiObs.OpenTelemetry.Exporters.Dynatrace;

/// <summary>Dynatrace, as a service or through an ActiveGate.</summary>
internal sealed class DynatracePreset : ExporterPreset<DynatraceExporterOptions>
{
    private const string AnyOtlpPath = "/otlp";
    private const string OtlpPath = "/api/v2/otlp";
    private const string ApiTokenVariable = "DT_API_TOKEN";
    private const string PlatformTokenVariable = "DT_PLATFORM_TOKEN";

    public override string DefaultName => "Dynatrace";

    public override void ReadEnvironment(DynatraceExporterOptions options, Func<string, string?> read)
    {
        if (read("DT_ENDPOINT") is { } address)
        {
            options.Endpoint = ReadAddress(address);
        }

        options.ApiToken = read(ApiTokenVariable) ?? options.ApiToken;
        options.PlatformToken = read(PlatformTokenVariable) ?? options.PlatformToken;
    }

    public override void Bind(IConfiguration section, DynatraceExporterOptions options) => section.Bind(options);

    public override BackendTarget Describe(DynatraceExporterOptions options) => new()
    {
        Endpoint = AddressFor(options.Endpoint ?? new Uri($"https://{options.EnvironmentId}.live.dynatrace.com")),
        Headers = new Dictionary<string, string>
        {
            ["authorization"] = string.IsNullOrWhiteSpace(options.PlatformToken) ? $"Api-Token {options.ApiToken}" : $"Bearer {options.PlatformToken}",
        },
    };

    protected override void CheckAddress(DynatraceExporterOptions options, ProblemList problems)
    {
        if (options.Endpoint is not null)
        {
            base.CheckAddress(options, problems);
        }
        else if (!HostNames.IsLabel(options.EnvironmentId))
        {
            problems.Add(nameof(options.EnvironmentId), "is missing or no id of an environment. Give one such as abc12345, or set Endpoint.");
        }
    }

    protected override void FindProblems(DynatraceExporterOptions options, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(options.PlatformToken))
        {
            CheckKey(
                nameof(options.ApiToken),
                options.ApiToken,
                ApiTokenVariable,
                $"a token with the scope openTelemetryTrace.ingest; or set PlatformToken or {PlatformTokenVariable}",
                problems);
        }
    }

    /// <summary>OneAgent listens on <c>/otlp</c> alone, environments and ActiveGates below <c>/api/v2</c>.</summary>
    private static Uri AddressFor(Uri endpoint) => endpoint.AbsolutePath.Contains(AnyOtlpPath, StringComparison.OrdinalIgnoreCase)
        ? BackendAddress.ForTraces(endpoint)
        : BackendAddress.ForTraces(endpoint, OtlpPath);
}
