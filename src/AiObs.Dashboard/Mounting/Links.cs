using AiObs.Dashboard.Assets;
using AiObs.Dashboard.Filters;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Mounting;

/// <summary>Makes the addresses of pages. They are made of constants and of ids that are escaped, so that none can lead elsewhere or run anything.</summary>
/// <param name="Mount">The address of the overview without a slash at its end, the path base included; empty at the root of a host.</param>
internal readonly record struct Links(string Mount)
{
    /// <summary>Returns the links for a request: the mount is what stands before the route of the page.</summary>
    /// <param name="request">The request.</param>
    /// <param name="segments">How many segments the route of the page has.</param>
    public static Links Of(HttpRequest request, int segments)
    {
        // Escaped as a browser sends it, so that a link to it is the same address again.
        var path = (request.PathBase + request.Path).ToUriComponent().TrimEnd('/');
        for (var segment = 0; segment < segments; segment++)
        {
            path = path[..path.LastIndexOf('/')];
        }

        return new(path);
    }

    public string Overview => Mount.Length == 0 ? "/" : Mount;

    public string Page(string name, PageFilter? filter = null) => $"{Mount}/{name}{filter?.ToQuery()}";

    public string Trace(string traceId, string? query = null) => $"{Mount}/traces/{Uri.EscapeDataString(traceId)}{query}";

    public string Span(string traceId, string spanId) => $"{Trace(traceId)}/spans/{Uri.EscapeDataString(spanId)}";

    public string Conversation(string conversationId) => $"{Mount}/conversations/{Uri.EscapeDataString(conversationId)}";

    /// <summary>The address of a trace as a file.</summary>
    public string Export(string traceId, string kind) => $"{Mount}/export/{Uri.EscapeDataString(traceId)}.{kind}";

    public string Asset(AssetFile asset) => $"{Mount}/_assets/{asset.Hash}/{asset.Name}";
}
