using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Backends;

/// <summary>Reads the variables that an Aspire AppHost gives its resources, or else those of the dashboard itself.</summary>
internal static class AspireEnvironment
{
    public const string ApiKeyHeader = "x-otlp-api-key";

    public static void Read(OtlpBackendExporterOptions options, Func<string, string?> read)
    {
        if (read("OTEL_EXPORTER_OTLP_ENDPOINT") is { } ofAppHost)
        {
            (options.Endpoint, options.Protocol) = (BackendAddress.Read(ofAppHost), ReadProtocol(read("OTEL_EXPORTER_OTLP_PROTOCOL")));
        }
        else if ((read("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL") ?? read("DOTNET_DASHBOARD_OTLP_ENDPOINT_URL")) is { } grpc)
        {
            (options.Endpoint, options.Protocol) = (BackendAddress.Read(grpc), OtlpExportProtocol.Grpc);
        }
        else if ((read("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL") ?? read("DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL")) is { } http)
        {
            (options.Endpoint, options.Protocol) = (BackendAddress.Read(http), OtlpExportProtocol.HttpProtobuf);
        }

        options.ApiKey = ReadKey(read("OTEL_EXPORTER_OTLP_HEADERS")) ?? options.ApiKey;
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
