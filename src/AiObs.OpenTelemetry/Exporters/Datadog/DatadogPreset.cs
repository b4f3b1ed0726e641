using Microsoft.Extensions.Configuration;

namespace AiObs.OpenTelemetry.Exporters.Datadog;

/// <summary>Datadog's intake for OTLP, with Agent Observability as the source.</summary>
internal sealed class DatadogPreset : ExporterPreset<DatadogExporterOptions>
{
    private const string ApiKeyVariable = "DD_API_KEY";

    /// <summary>Tells Datadog to make traces of Agent Observability from GenAI spans.</summary>
    private const string ConversionAttribute = "dd_llmobs_enabled";

    /// <summary>The intake refuses requests above 3.2 MB.</summary>
    private const int LargestBatch = 128;

    public override string DefaultName => "Datadog";

    public override void ReadEnvironment(DatadogExporterOptions options, Func<string, string?> read)
    {
        options.Site = read("DD_SITE") ?? options.Site;
        options.ApiKey = read(ApiKeyVariable) ?? options.ApiKey;
        options.MlApp = read("DD_LLMOBS_ML_APP") ?? options.MlApp;
    }

    public override void Bind(IConfiguration section, DatadogExporterOptions options) => section.Bind(options);

    public override BackendTarget Describe(DatadogExporterOptions options)
    {
        var headers = new Dictionary<string, string> { ["dd-api-key"] = options.ApiKey!, ["dd-otlp-source"] = "llmobs" };
        if (!string.IsNullOrEmpty(options.MlApp))
        {
            headers["dd-ml-app"] = options.MlApp;
        }

        return new()
        {
            Endpoint = BackendAddress.ForTraces(options.Endpoint ?? new Uri($"https://otlp.{options.Site}")),
            Headers = headers,
            Resource = new Dictionary<string, object> { [ConversionAttribute] = "true" },
            LargestBatch = LargestBatch,
        };
    }

    protected override void CheckAddress(DatadogExporterOptions options, ProblemList problems)
    {
        if (options.Endpoint is not null)
        {
            base.CheckAddress(options, problems);
        }
        else if (!HostNames.IsDomain(options.Site))
        {
            problems.Add(nameof(options.Site), "is no Datadog site. Give one such as datadoghq.eu, or the environment variable DD_SITE.");
        }
    }

    protected override void FindProblems(DatadogExporterOptions options, ProblemList problems) =>
        CheckKey(nameof(options.ApiKey), options.ApiKey, ApiKeyVariable, "an API key from the settings of the Datadog organization", problems);
}
