using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Exporters;

/// <summary>Where and how spans are sent; no record, because printing one would print its headers.</summary>
internal sealed class BackendTarget
{
    /// <summary>Gets the address that requests go to, path of the signal included.</summary>
    public required Uri Endpoint { get; init; }

    public OtlpExportProtocol Protocol { get; init; } = OtlpExportProtocol.HttpProtobuf;

    /// <summary>Gets the headers that the backend asks for.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the attributes that the backend wants on the resource.</summary>
    public IReadOnlyDictionary<string, object> Resource { get; init; } = new Dictionary<string, object>();

    /// <summary>Gets how many spans one request holds at most where the application does not say, so that it stays below the backend's limit.</summary>
    public int LargestBatch { get; init; } = int.MaxValue;

    /// <summary>Gets a value indicating whether requests are compressed whatever the environment says.</summary>
    public bool IsCompressed { get; init; }
}
