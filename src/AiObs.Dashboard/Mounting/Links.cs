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

    public string Page(string name, PageFilter? filter = null) => $"{Mount}/{name}{filter?.For(name).ToQuery()}";

    public string Trace(string traceId, string? query = null) => $"{Mount}/traces/{Uri.EscapeDataString(traceId)}{query}";

    public string Span(string traceId, string spanId) => $"{Trace(traceId)}/spans/{Uri.EscapeDataString(spanId)}";

    /// <summary>The address of a conversation. Its id stands in the query: applications choose it, and slashes and dots of a path do not arrive as they were sent.</summary>
    public string Conversation(string conversationId, string? cursor = null) =>
        $"{Mount}/conversations/chat?id={Uri.EscapeDataString(conversationId)}{(cursor is null ? null : $"&{FilterNames.Cursor}={Uri.EscapeDataString(cursor)}")}";

    /// <summary>The address of a conversation that is kept, and of a part of it or a way to look at it.</summary>
    public string Kept(string tenant, string conversationId, params IEnumerable<KeyValuePair<string, string>> query) => string.Concat(
        [Conversation(conversationId), .. query.Prepend(new(FilterNames.Tenant, tenant)).Where(static part => part.Value.Length > 0).Select(static part => $"&{part.Key}={Uri.EscapeDataString(part.Value)}")]);

    /// <summary>The address of a trace as a file.</summary>
    public string Export(string traceId, string kind) => $"{Mount}/export/{Uri.EscapeDataString(traceId)}.{kind}";

    /// <summary>The address of a recorded text of a span as a file.</summary>
    public string Text(string traceId, string spanId, string key) =>
        $"{Mount}/export/{Uri.EscapeDataString(traceId)}/{Uri.EscapeDataString(spanId)}.txt?key={Uri.EscapeDataString(key)}";

    /// <summary>The address of a page that sets a trace beside another.</summary>
    public string Compare(string traceId, string otherId) => $"{Trace(traceId)}/compare/{Uri.EscapeDataString(otherId)}";

    public string Asset(AssetFile asset) => $"{Mount}/_assets/{asset.Hash}/{asset.Name}";
}
