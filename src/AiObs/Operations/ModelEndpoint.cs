namespace AiObs.Operations;

/// <summary>Who serves a model, and where.</summary>
/// <param name="Provider">The provider in the spelling of OpenTelemetry's <c>gen_ai.provider.name</c>, such as <c>azure.ai.openai</c>; <see langword="null"/> when unknown.</param>
/// <param name="Address">The server's host name.</param>
/// <param name="Port">The server's port.</param>
public sealed record ModelEndpoint(string? Provider, string? Address, int? Port)
{
    /// <summary>Gets the endpoint of a client that says nothing of itself.</summary>
    public static ModelEndpoint Unknown { get; } = new(null, null, null);

    /// <summary>Gets the region or data zone that the host names; <see langword="null"/> where it names none.</summary>
    internal string? Region { get; init; }

    /// <summary>Gets whose the host is, whatever the client calls itself; <see langword="null"/> where nobody is known there.</summary>
    internal string? HostProvider { get; init; }

    /// <summary>Reads an endpoint from what a client says of itself, correcting the provider by the address.</summary>
    /// <remarks>Clients for OpenAI's protocol call every endpoint <c>openai</c>, and those for Anthropic's call theirs <c>anthropic</c>; the address knows better.</remarks>
    internal static ModelEndpoint From(string? providerName, Uri? uri)
    {
        var host = uri is { IsAbsoluteUri: true, Host.Length: > 0 } ? uri.Host : null;
        return From(providerName, host, host is null || uri!.Port < 0 ? null : uri.Port, host is null ? null : uri!.AbsolutePath);
    }

    /// <summary>Reads an endpoint from its parts, correcting the provider by the address.</summary>
    internal static ModelEndpoint From(string? providerName, string? host, int? port, string? path = null)
    {
        var byHost = ProviderHosts.Find(host, path);
        var provider = ProviderNames.IsProtocol(providerName) ? byHost?.Provider ?? providerName : ProviderNames.Normalize(providerName!);
        return new(string.IsNullOrEmpty(provider) ? null : provider, host, port) { Region = byHost?.Region, HostProvider = byHost?.Provider };
    }
}
