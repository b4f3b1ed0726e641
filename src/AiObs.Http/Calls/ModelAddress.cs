namespace AiObs.Http.Calls;

/// <summary>What the address of a request says: which interface is called, and on Azure which deployment.</summary>
/// <param name="Api">The interface.</param>
/// <param name="Deployment">The deployment; <see langword="null"/> where the request itself names the model.</param>
/// <param name="ResponseId">The response that is asked for, or cancelled; <see langword="null"/> where one is created.</param>
internal readonly record struct ModelAddress(ModelApi Api, string? Deployment, string? ResponseId = null)
{
    private const string StoredResponses = "/responses/";
    private const string Cancel = "/cancel";
    private const string Deployments = "/deployments/";

    /// <summary>Reads the address of a request. Prefixes differ from service to service and behind gateways, so the end of the path decides.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="address">Where it goes.</param>
    /// <param name="awaitsResponses">Whether requests for responses that exist already matter.</param>
    public static ModelAddress Of(string method, Uri? address, bool awaitsResponses)
    {
        if (address is not { IsAbsoluteUri: true } uri)
        {
            return default;
        }

        var path = uri.AbsolutePath;
        var api = method == "POST" ? ApiOf(path) : ModelApi.None;
        if (api != ModelApi.None)
        {
            return new(api, DeploymentIn(path));
        }

        return awaitsResponses && ResponseIn(path, method) is { } id ? new(ModelApi.StoredResponse, Deployment: null, id) : default;
    }

    private static string? ResponseIn(string path, string method)
    {
        var end = (method, path.EndsWith(Cancel, StringComparison.Ordinal)) switch
        {
            ("GET", false) => path.Length,
            ("POST", true) => path.Length - Cancel.Length,
            _ => 0,
        };
        var start = path.LastIndexOf(StoredResponses, StringComparison.Ordinal) + StoredResponses.Length;
        return start >= StoredResponses.Length && start < end && !path.AsSpan(start, end - start).Contains('/')
            ? Uri.UnescapeDataString(path[start..end])
            : null;
    }

    private static ModelApi ApiOf(string path) => path switch
    {
        _ when path.EndsWith("/chat/completions", StringComparison.Ordinal) => ModelApi.ChatCompletions,
        _ when path.EndsWith("/responses", StringComparison.Ordinal) => ModelApi.Responses,
        _ when path.EndsWith("/embeddings", StringComparison.Ordinal) => ModelApi.Embeddings,
        _ when path.EndsWith("/v1/messages", StringComparison.Ordinal) => ModelApi.Messages,
        _ when path.EndsWith("/api/chat", StringComparison.Ordinal) => ModelApi.OllamaChat,
        _ => ModelApi.None,
    };

    private static string? DeploymentIn(string path)
    {
        var start = path.IndexOf(Deployments, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += Deployments.Length;
        var end = path.IndexOf('/', start);
        return end > start ? Uri.UnescapeDataString(path[start..end]) : null;
    }
}
