using System.Text;
using Microsoft.Extensions.Configuration;

namespace AiObs.OpenTelemetry.Exporters.Langfuse;

/// <summary>Langfuse, in its cloud or hosted by the application's owner.</summary>
internal sealed class LangfusePreset : ExporterPreset<LangfuseExporterOptions>
{
    private const string OtlpPath = "/api/public/otel";

    /// <summary>Without it Langfuse takes the older way in, on which spans show up minutes later.</summary>
    private const string IngestionVersion = "4";

    private const string WhatKey = "the key from the settings of the Langfuse project";
    private const string PublicKeyVariable = "LANGFUSE_PUBLIC_KEY";
    private const string SecretKeyVariable = "LANGFUSE_SECRET_KEY";

    public override string DefaultName => "Langfuse";

    public override void ReadEnvironment(LangfuseExporterOptions options, Func<string, string?> read)
    {
        if ((read("LANGFUSE_BASE_URL") ?? read("LANGFUSE_HOST")) is { } address)
        {
            options.Endpoint = ReadAddress(address);
        }

        options.PublicKey = read(PublicKeyVariable) ?? options.PublicKey;
        options.SecretKey = read(SecretKeyVariable) ?? options.SecretKey;
    }

    public override void Bind(IConfiguration section, LangfuseExporterOptions options) => section.Bind(options);

    public override BackendTarget Describe(LangfuseExporterOptions options) => new()
    {
        Endpoint = BackendAddress.ForTraces(options.Endpoint!, OtlpPath),
        Headers = new Dictionary<string, string>
        {
            ["authorization"] = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.PublicKey}:{options.SecretKey}"))}",
            ["x-langfuse-ingestion-version"] = IngestionVersion,
        },
    };

    protected override void FindProblems(LangfuseExporterOptions options, ProblemList problems)
    {
        CheckKey(nameof(options.PublicKey), options.PublicKey, PublicKeyVariable, WhatKey, problems);
        CheckKey(nameof(options.SecretKey), options.SecretKey, SecretKeyVariable, WhatKey, problems);
    }
}
