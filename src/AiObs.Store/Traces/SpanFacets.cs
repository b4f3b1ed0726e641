namespace AiObs.Store.Traces;

/// <summary>Reads what spans, and so their traces, are told apart by.</summary>
internal static class SpanFacets
{
    /// <summary>Gets all facets.</summary>
    public static IReadOnlyList<TraceFacet> All { get; } = Enum.GetValues<TraceFacet>();

    /// <summary>Returns the values of a span.</summary>
    public static IEnumerable<(TraceFacet Facet, string Value)> Of(SpanRecord span)
    {
        foreach (var facet in All)
        {
            foreach (var value in facet == TraceFacet.Tag ? span.Tags : [])
            {
                yield return (facet, value);
            }

            if (ValueOf(span, facet) is { } single)
            {
                yield return (facet, single);
            }
        }
    }

    private static string? ValueOf(SpanRecord span, TraceFacet facet) => facet switch
    {
        TraceFacet.Model => span.Model,
        TraceFacet.Provider => span.Provider,
        TraceFacet.Agent => span.Agent,
        TraceFacet.Tool => span.Tool,
        TraceFacet.ErrorType => span.ErrorType,
        TraceFacet.Source => span.Source,
        TraceFacet.Conversation => span.ConversationId,
        TraceFacet.User => span.UserId,
        TraceFacet.Session => span.SessionId,
        _ => null,
    };
}
