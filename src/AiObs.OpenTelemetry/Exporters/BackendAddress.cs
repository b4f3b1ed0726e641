namespace AiObs.OpenTelemetry.Exporters;

/// <summary>Builds the addresses that OTLP backends listen on.</summary>
internal static class BackendAddress
{
    private const string TracesPath = "/v1/traces";

    /// <summary>Appends the path for traces, unless the address ends with it.</summary>
    public static Uri ForTraces(Uri endpoint) => Append(endpoint, TracesPath);

    /// <summary>Appends a path, unless the address ends with it; a query stays behind it.</summary>
    public static Uri Append(Uri endpoint, string path)
    {
        var start = endpoint.AbsolutePath.TrimEnd('/');
        return start.EndsWith(path, StringComparison.OrdinalIgnoreCase)
            ? endpoint
            : new UriBuilder(endpoint) { Path = start + path }.Uri;
    }
}
