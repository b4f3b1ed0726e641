using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Exporters.Aspire;

/// <summary>The dashboard of Aspire, started by an AppHost or by itself.</summary>
internal sealed class AspirePreset : ExporterPreset<AspireExporterOptions>
{
    private const string ApiKeyHeader = "x-otlp-api-key";

    public override string DefaultName => "Aspire";

    public override void ReadEnvironment(AspireExporterOptions options, Func<string, string?> read)
    {
        if (read("OTEL_EXPORTER_OTLP_ENDPOINT") is { } ofAppHost)
        {
            (options.Endpoint, options.Protocol) = (ReadAddress(ofAppHost), ReadProtocol(read("OTEL_EXPORTER_OTLP_PROTOCOL")));
        }
        else if ((read("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL") ?? read("DOTNET_DASHBOARD_OTLP_ENDPOINT_URL")) is { } grpc)
        {
            (options.Endpoint, options.Protocol) = (ReadAddress(grpc), OtlpExportProtocol.Grpc);
        }
        else if ((read("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL") ?? read("DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL")) is { } http)
        {
            (options.Endpoint, options.Protocol) = (ReadAddress(http), OtlpExportProtocol.HttpProtobuf);
        }

        options.ApiKey = ReadKey(read("OTEL_EXPORTER_OTLP_HEADERS")) ?? read("DASHBOARD__OTLP__PRIMARYAPIKEY") ?? options.ApiKey;
    }

    public override void Bind(IConfiguration section, AspireExporterOptions options) => section.Bind(options);

    public override BackendTarget Describe(AspireExporterOptions options) => new()
    {
        // With gRPC the exporter appends the name of the service.
        Endpoint = options.Protocol == OtlpExportProtocol.Grpc ? options.Endpoint! : BackendAddress.ForTraces(options.Endpoint!),
        Protocol = options.Protocol,
        Headers = string.IsNullOrEmpty(options.ApiKey) ? [] : new Dictionary<string, string> { [ApiKeyHeader] = options.ApiKey },
    };

    protected override void FindProblems(AspireExporterOptions options, ProblemList problems)
    {
        if (!Enum.IsDefined(options.Protocol))
        {
            problems.Add(nameof(options.Protocol), $"has the unknown value {(int)options.Protocol}. Use HttpProtobuf or Grpc.");
        }
    }

    /// <summary>Reads a protocol; one that the exporter does not speak comes out undefined, so that validation reports it.</summary>
    private static OtlpExportProtocol ReadProtocol(string? value) => value switch
    {
        null or "grpc" => OtlpExportProtocol.Grpc,
        "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
        _ => (OtlpExportProtocol)byte.MaxValue,
    };

    /// <summary>Takes the dashboard's key, and no other, out of headers that may be for another backend.</summary>
    private static string? ReadKey(string? headers)
    {
        foreach (var header in headers?.Split(',') ?? [])
        {
            if (header.Split('=', 2) is [var name, var value] && name.Trim().Equals(ApiKeyHeader, StringComparison.OrdinalIgnoreCase))
            {
                return Uri.UnescapeDataString(value.Trim());
            }
        }

        return null;
    }
}
