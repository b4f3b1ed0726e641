namespace AiObs.OpenTelemetry.Exporters;

/// <summary>Builds the addresses that OTLP backends listen on.</summary>
internal static class BackendAddress
{
    private const string TracesPath = "/v1/traces";

    /// <summary>Appends the path for traces, unless the address ends with it.</summary>
    public static Uri ForTraces(Uri endpoint) => Append(endpoint, TracesPath);

    /// <summary>Appends the path below which a backend keeps OTLP, unless the address holds it, and then the path for traces.</summary>
    public static Uri ForTraces(Uri endpoint, string otlpPath) =>
        ForTraces(endpoint.AbsolutePath.Contains(otlpPath, StringComparison.OrdinalIgnoreCase) ? endpoint : Append(endpoint, otlpPath));

    /// <summary>Appends a path, unless the address ends with it; a query stays behind it.</summary>
    private static Uri Append(Uri endpoint, string path)
    {
        var start = endpoint.AbsolutePath.TrimEnd('/');
        return start.EndsWith(path, StringComparison.OrdinalIgnoreCase)
            ? endpoint
            : new UriBuilder(endpoint) { Path = start + path }.Uri;
    }
}
