using Microsoft.Extensions.Configuration;

namespace AiObs.OpenTelemetry.Exporters.LangSmith;

/// <summary>LangSmith, in its cloud or hosted by the application's owner.</summary>
internal sealed class LangSmithPreset : ExporterPreset<LangSmithExporterOptions>
{
    private const string OtlpPath = "/otel";
    private const string ApiKeyVariable = "LANGSMITH_API_KEY";

    public override string DefaultName => "LangSmith";

    public override void ReadEnvironment(LangSmithExporterOptions options, Func<string, string?> read)
    {
        if (read("LANGSMITH_ENDPOINT") is { } address)
        {
            options.Endpoint = ReadAddress(address);
        }

        options.ApiKey = read(ApiKeyVariable) ?? options.ApiKey;
        options.ProjectName = read("LANGSMITH_PROJECT") ?? options.ProjectName;
    }

    public override void Bind(IConfiguration section, LangSmithExporterOptions options) => section.Bind(options);

    public override BackendTarget Describe(LangSmithExporterOptions options)
    {
        var headers = new Dictionary<string, string> { ["x-api-key"] = options.ApiKey! };
        if (!string.IsNullOrEmpty(options.ProjectName))
        {
            headers["Langsmith-Project"] = options.ProjectName;
        }

        return new() { Endpoint = BackendAddress.ForTraces(options.Endpoint ?? AddressOf(options.Region)!, OtlpPath), Headers = headers };
    }

    protected override void CheckAddress(LangSmithExporterOptions options, ProblemList problems)
    {
        if (options.Endpoint is not null)
        {
            base.CheckAddress(options, problems);
        }
        else if (AddressOf(options.Region) is null)
        {
            problems.Add(nameof(options.Region), $"has the unknown value {(int)options.Region}. Use Us, Eu, Apac or AwsUs.");
        }
    }

    protected override void FindProblems(LangSmithExporterOptions options, ProblemList problems) =>
        CheckKey(nameof(options.ApiKey), options.ApiKey, ApiKeyVariable, "an API key from the settings of LangSmith", problems);

    private static Uri? AddressOf(LangSmithRegion region) => region switch
    {
        LangSmithRegion.Us => new("https://api.smith.langchain.com"),
        LangSmithRegion.Eu => new("https://eu.api.smith.langchain.com"),
        LangSmithRegion.Apac => new("https://apac.api.smith.langchain.com"),
        LangSmithRegion.AwsUs => new("https://aws.api.smith.langchain.com"),
        _ => null,
    };
}
