using System.Text;
using Microsoft.Extensions.Configuration;

namespace AiObs.OpenTelemetry.Exporters.Langfuse;

/// <summary>Langfuse, in its cloud or hosted by the application's owner.</summary>
internal sealed class LangfusePreset : ExporterPreset<LangfuseExporterOptions>
{
    private const string OtlpPath = "/api/public/otel";
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
        Endpoint = Address(options.Endpoint!),
        Headers = new Dictionary<string, string>
        {
            ["authorization"] = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.PublicKey}:{options.SecretKey}"))}",
        },
    };

    protected override void FindProblems(LangfuseExporterOptions options, ProblemList problems)
    {
        CheckKey(nameof(options.PublicKey), options.PublicKey, PublicKeyVariable, problems);
        CheckKey(nameof(options.SecretKey), options.SecretKey, SecretKeyVariable, problems);
    }

    private static Uri Address(Uri endpoint) => BackendAddress.ForTraces(
        endpoint.AbsolutePath.Contains(OtlpPath, StringComparison.OrdinalIgnoreCase) ? endpoint : BackendAddress.Append(endpoint, OtlpPath));

    private static void CheckKey(string option, string? key, string variable, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            problems.Add(option, $"is missing. Set it, or the environment variable {variable}, to the key from the settings of the Langfuse project.");
        }
    }
}
