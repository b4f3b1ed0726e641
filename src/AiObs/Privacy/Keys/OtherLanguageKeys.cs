namespace AiObs.Privacy.Keys;

/// <summary>Tells what an attribute holds that OpenLLMetry or the Vercel AI SDK wrote, whose spans come from processes in other languages.</summary>
internal static class OtherLanguageKeys
{
    private const string Functions = "llm.request.functions.";
    private const string Vercel = "ai.";

    /// <summary>What the Vercel AI SDK says about a call, beside what was said in it.</summary>
    private static readonly string[] VercelFacts =
        ["ai.model.", "ai.operationId", "ai.response.avg", "ai.response.finishReason", "ai.response.id", "ai.response.model", "ai.response.ms", "ai.response.timestamp", "ai.toolCall.id", "ai.toolCall.name", "ai.usage."];

    /// <summary>Returns the place; <see langword="null"/> for keys that are none of theirs.</summary>
    public static ContentPlace? PlaceOf(string key) => key switch
    {
        OpenLLMetryAttributes.EntityInput => ContentPlace.In(ContentKind.Opaque),
        OpenLLMetryAttributes.EntityOutput => ContentPlace.Out(ContentKind.Opaque),
        OpenLLMetryAttributes.SpanKind or OpenLLMetryAttributes.EntityName or OpenLLMetryAttributes.EntityPath or OpenLLMetryAttributes.WorkflowName =>
            ContentPlace.Of(ContentKind.Fact),
        OpenLLMetryAttributes.User => ContentPlace.Of(ContentKind.User),
        OpenLLMetryAttributes.Headers => ContentPlace.In(ContentKind.Opaque),
        _ => PlaceByPrefix(key),
    };

    private static ContentPlace? PlaceByPrefix(string key)
    {
        if (key.StartsWith(OpenLLMetryAttributes.AssociationPrefix, StringComparison.Ordinal))
        {
            return ContentPlace.Of(key == OpenLLMetryAttributes.AssociatedUser ? ContentKind.User : ContentKind.Context);
        }

        if (key.StartsWith(Functions, StringComparison.Ordinal))
        {
            return ContentPlace.In(ContentKind.Tool);
        }

        if (key.StartsWith("traceloop.", StringComparison.Ordinal))
        {
            return ContentPlace.Of(ContentKind.Opaque);
        }

        if (!key.StartsWith(Vercel, StringComparison.Ordinal))
        {
            return null;
        }

        return key.StartsWith("ai.settings.", StringComparison.Ordinal) ? ContentPlace.Of(ContentKind.Parameter)
            : key.StartsWith("ai.telemetry.", StringComparison.Ordinal) ? ContentPlace.Of(ContentKind.Context)
            : Array.Exists(VercelFacts, fact => key.StartsWith(fact, StringComparison.Ordinal)) ? ContentPlace.Of(ContentKind.Fact)
            : key.StartsWith("ai.response.", StringComparison.Ordinal) ? ContentPlace.Out(ContentKind.Opaque)
            : ContentPlace.Of(ContentKind.Opaque);
    }
}
