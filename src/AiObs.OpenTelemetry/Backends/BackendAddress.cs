namespace AiObs.OpenTelemetry.Backends;

/// <summary>Builds the addresses that OTLP backends listen on.</summary>
internal static class BackendAddress
{
    private const string TracesPath = "/v1/traces";

    /// <summary>Reads an address; one that is none comes out relative, so that validation reports it.</summary>
    public static Uri Read(string value) => Uri.TryCreate(value, UriKind.Absolute, out var address) ? address : new Uri("", UriKind.Relative);

    /// <summary>Appends the path below which a backend keeps OTLP, unless the address holds its mark, and then the path for traces.</summary>
    public static Uri ForTraces(Uri endpoint, string otlpPath, string mark) => Append(
        endpoint.AbsolutePath.Contains(mark, StringComparison.OrdinalIgnoreCase) ? endpoint : Append(endpoint, otlpPath),
        TracesPath);

    /// <summary>Appends a path, unless the address ends with it; a query stays behind it.</summary>
    private static Uri Append(Uri endpoint, string path)
    {
        var start = endpoint.AbsolutePath.TrimEnd('/');
        return start.EndsWith(path, StringComparison.OrdinalIgnoreCase)
            ? endpoint
            : new UriBuilder(endpoint) { Path = start + path }.Uri;
    }
}
