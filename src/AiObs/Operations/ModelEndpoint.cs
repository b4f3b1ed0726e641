namespace AiObs.Operations;

/// <summary>Who serves a model, and where.</summary>
/// <param name="Provider">The provider in the spelling of OpenTelemetry's <c>gen_ai.provider.name</c>, such as <c>azure.ai.openai</c>; <see langword="null"/> when unknown.</param>
/// <param name="Address">The server's host name.</param>
/// <param name="Port">The server's port.</param>
public sealed record ModelEndpoint(string? Provider, string? Address, int? Port)
{
    /// <summary>Gets the endpoint of a client that says nothing of itself.</summary>
    public static ModelEndpoint Unknown { get; } = new(null, null, null);

    /// <summary>Reads an endpoint from what a client says of itself, correcting the provider by the host.</summary>
    /// <remarks>Clients for OpenAI's protocol call every endpoint <c>openai</c>; the host knows better.</remarks>
    internal static ModelEndpoint From(string? providerName, Uri? uri)
    {
        var host = uri is { IsAbsoluteUri: true, Host.Length: > 0 } ? uri.Host : null;
        return From(providerName, host, host is null || uri!.Port < 0 ? null : uri.Port);
    }

    /// <summary>Reads an endpoint from its parts, correcting the provider by the host.</summary>
    internal static ModelEndpoint From(string? providerName, string? host, int? port)
    {
        var byHost = ProviderNames.FromHost(host);
        var provider = string.IsNullOrEmpty(providerName) || providerName == ProviderNames.OpenAI
            ? byHost ?? providerName
            : ProviderNames.Normalize(providerName);

        return new(string.IsNullOrEmpty(provider) ? null : provider, host, port);
    }
}
