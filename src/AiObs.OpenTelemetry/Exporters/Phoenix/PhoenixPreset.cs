using Microsoft.Extensions.Configuration;

namespace AiObs.OpenTelemetry.Exporters.Phoenix;

/// <summary>Arize Phoenix, local or hosted.</summary>
internal sealed class PhoenixPreset : ExporterPreset<PhoenixExporterOptions>
{
    private const string ProjectAttribute = "openinference.project.name";

    public override string DefaultName => "Phoenix";

    public override void ReadEnvironment(PhoenixExporterOptions options, Func<string, string?> read)
    {
        if (read("PHOENIX_COLLECTOR_ENDPOINT") is { } address)
        {
            options.Endpoint = ReadAddress(address);
        }

        options.ApiKey = read("PHOENIX_API_KEY") ?? options.ApiKey;
        options.ProjectName = read("PHOENIX_PROJECT_NAME") ?? options.ProjectName;
    }

    public override void Bind(IConfiguration section, PhoenixExporterOptions options) => section.Bind(options);

    public override BackendTarget Describe(PhoenixExporterOptions options) => new()
    {
        Endpoint = BackendAddress.ForTraces(options.Endpoint!),
        Headers = string.IsNullOrEmpty(options.ApiKey) ? [] : new Dictionary<string, string> { ["authorization"] = $"Bearer {options.ApiKey}" },
        Resource = string.IsNullOrEmpty(options.ProjectName) ? [] : new Dictionary<string, object> { [ProjectAttribute] = options.ProjectName },
    };

    protected override void FindProblems(PhoenixExporterOptions options, ProblemList problems)
    {
        // A local Phoenix needs neither a key nor a project.
    }
}
