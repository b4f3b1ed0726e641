using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Reads who serves a model, and where.</summary>
internal static class EndpointReader
{
    public static ModelEndpoint Read(in ForeignTags tags)
    {
        var (host, port) = Address(tags.Text(GenAiAttributes.ServerAddress));
        return ModelEndpoint.From(ProviderOf(tags), host, tags.Small(GenAiAttributes.ServerPort) ?? port);
    }

    public static string? ProviderOf(in ForeignTags tags) => tags.Text(GenAiAttributes.ProviderName) ?? tags.Text(ForeignScalars.System) switch
    {
        "google" => ProviderNames.GoogleGenAI,
        "mistralai" => ProviderNames.Mistral,
        var system => system,
    };

    /// <summary>Takes the host from what may be the left part of a URL.</summary>
    private static (string? Host, int? Port) Address(string? address)
    {
        if (address is null || !address.Contains("://", StringComparison.Ordinal))
        {
            return (address, null);
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? (uri.Host, uri.Port < 0 ? null : uri.Port)
            : (null, null);
    }
}
