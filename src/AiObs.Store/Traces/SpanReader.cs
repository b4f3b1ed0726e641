using System.Diagnostics;
using System.Globalization;
using AiObs.Conventions;
using AiObs.Conventions.OpenInference;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy.Keys;

namespace AiObs.Store.Traces;

/// <summary>Makes of what was copied from a span what is kept of it: facts in columns, attributes as JSON, and content apart.</summary>
internal static class SpanReader
{
    /// <summary>The key of a status text among content: it may be the message of an exception.</summary>
    public const string StatusDescription = "otel.status_description";

    public static SpanRecord Read(SpanSnapshot span)
    {
        // A key that was added twice has its last value.
        var tags = new Dictionary<string, object?>(span.Tags.Length, StringComparer.Ordinal);
        foreach (var (key, value) in span.Tags)
        {
            tags[key] = value;
        }

        var content = tags.Where(static tag => ContentKeys.IsContent(tag.Key)).ToDictionary(StringComparer.Ordinal);
        var isError = span.Status == ActivityStatusCode.Error;
        var errorType = isError ? Text(tags, GenAiAttributes.ErrorType) ?? TypeOfException(span) : null;
        if (span.StatusDescription is { Length: > 0 } description && description != errorType)
        {
            content[StatusDescription] = description;
        }

        AddContentOfEvents(span, content);
        return new()
        {
            TraceId = span.TraceId,
            SpanId = span.SpanId,
            ParentSpanId = span.ParentSpanId,
            IsRoot = span.IsTop,
            Time = span.Time,
            Duration = span.Duration,
            Source = span.Source,
            Name = span.Name,
            Kind = KindOf(tags),
            Provider = Text(tags, GenAiAttributes.ProviderName, OpenInferenceAttributes.LlmProvider, OpenInferenceAttributes.LlmSystem),
            Model = Text(
                tags,
                GenAiAttributes.ResponseModel,
                OpenInferenceAttributes.LlmResponseModelName,
                GenAiAttributes.RequestModel,
                OpenInferenceAttributes.LlmModelName,
                OpenInferenceAttributes.EmbeddingModelName),
            Agent = Text(tags, GenAiAttributes.AgentName) ?? span.Agent ?? Text(tags, OpenInferenceAttributes.AgentName),
            Tool = Text(tags, GenAiAttributes.ToolName, OpenInferenceAttributes.ToolName),
            IsError = isError,
            ErrorType = errorType,
            ConversationId = Text(tags, GenAiAttributes.ConversationId, GenAiAttributes.SessionId),
            UserId = Text(tags, GenAiAttributes.UserId, ForeignAttributes.EndUserId),
            SessionId = Text(tags, GenAiAttributes.SessionId),
            Tags = tags.GetValueOrDefault(OpenInferenceAttributes.Tags) as IReadOnlyList<string> ?? [],
            InputTokens = Number(tags, GenAiAttributes.UsageInputTokens, OpenInferenceAttributes.TokenCountPrompt),
            OutputTokens = Number(tags, GenAiAttributes.UsageOutputTokens, OpenInferenceAttributes.TokenCountCompletion),
            Attributes = ValueJson.WriteObject(tags.Where(static tag => !ContentKeys.IsContent(tag.Key))),
            Events = span.Events.Length == 0 ? null : ValueJson.Write(span.Events.Select(Facts).ToArray()),
            Content = content.Count == 0 ? null : new(ValueJson.WriteObject(content)),
        };
    }

    private static OperationKind? KindOf(Dictionary<string, object?> tags)
    {
        if (Text(tags, OpenInferenceAttributes.SpanKind) is { } kind)
        {
            foreach (var known in Enum.GetValues<OperationKind>())
            {
                if (OpenInferenceKinds.Of(known) == kind)
                {
                    return known;
                }
            }
        }

        return Text(tags, GenAiAttributes.OperationName) switch
        {
            GenAiOperationNames.Chat or GenAiOperationNames.TextCompletion or GenAiOperationNames.GenerateContent => OperationKind.Chat,
            GenAiOperationNames.Embeddings => OperationKind.Embeddings,
            GenAiOperationNames.ExecuteTool => OperationKind.Tool,
            GenAiOperationNames.InvokeAgent => OperationKind.Agent,
            GenAiOperationNames.InvokeWorkflow => OperationKind.Chain,
            GenAiOperationNames.Retrieval => OperationKind.Retriever,
            _ => null,
        };
    }

    private static Dictionary<string, object?> Facts(ActivityEvent happened)
    {
        var facts = happened.Tags.Where(static tag => !ContentKeys.IsContent(tag.Key)).ToArray();
        var shown = new Dictionary<string, object?>
        {
            ["name"] = happened.Name,
            ["time"] = happened.Timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        };
        if (facts.Length > 0)
        {
            shown["attributes"] = facts.DistinctBy(static fact => fact.Key).ToDictionary();
        }

        return shown;
    }

    /// <summary>Adds what the events of a span say, under the number of the event.</summary>
    private static void AddContentOfEvents(SpanSnapshot span, Dictionary<string, object?> content)
    {
        for (var number = 0; number < span.Events.Length; number++)
        {
            foreach (var (key, value) in span.Events[number].Tags.Where(static tag => ContentKeys.IsContent(tag.Key)))
            {
                content[string.Create(CultureInfo.InvariantCulture, $"events.{number}.{key}")] = value;
            }
        }
    }

    private static string? TypeOfException(SpanSnapshot span) => span.Events
        .SelectMany(static happened => happened.Tags)
        .Where(static tag => tag.Key == GenAiAttributes.ExceptionType)
        .Select(static tag => tag.Value as string)
        .FirstOrDefault();

    private static string? Text(Dictionary<string, object?> tags, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (tags.GetValueOrDefault(key) is string { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    private static long? Number(Dictionary<string, object?> tags, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (tags.GetValueOrDefault(key) is long or int)
            {
                return Convert.ToInt64(tags[key], CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}
