using System.Text.Json;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Pipeline;

namespace AiObs.Events.Raising;

/// <summary>Checks and completes the events that an application raises itself.</summary>
internal sealed class TrackedEvents(OperationPipeline pipeline, EventOptions options)
{
    private const int LongestType = 128;

    /// <summary>Gets a value indicating whether this flow raises events.</summary>
    public bool IsOn => pipeline.IsOn;

    public bool AllowsContent => pipeline.CapturesInEvents || options.KeepTrackedContent;

    public static EventDraft Draft(string type, IEnumerable<KeyValuePair<string, object?>>? data, Guid? id, DateTimeOffset time)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        if (type.Length > LongestType || type.Any(char.IsControl))
        {
            throw new ArgumentException($"An event type has at most {LongestType} characters, none of them a control character.", nameof(type));
        }

        if (id == Guid.Empty)
        {
            throw new ArgumentException("The id is empty. Leave it out to get a new one.", nameof(id));
        }

        if (time == default)
        {
            throw new ArgumentException("The time is not set. Leave it out to get the present one.", nameof(time));
        }

        return new EventDraft(type, EventDataCopy.Of(data), time) { Id = id };
    }

    public static void ThrowIfNotJson(string? content)
    {
        if (content is null)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(content);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException("The content is not JSON. Write a plain text as a JSON string.", nameof(content), exception);
        }
    }

    /// <summary>Adds for whom it happened, by the flow that it is raised in.</summary>
    public EventDraft InFlow(in EventDraft draft)
    {
        var ambient = AmbientOperation.Current?.Context.ConversationId;
        var hidden = draft with { UserId = pipeline.UserIdOf(draft.UserId) };
        return hidden.In(pipeline.ReadContext(ambient));
    }

    /// <summary>Masks a value and writes it as JSON.</summary>
    public string? ContentOf(string type, object? content) => content switch
    {
        null => null,
        string text => ValueJson.Write(pipeline.Masker.Text(new StepOperation(OperationKind.Chain, type), new(RedactionKind.Event), text)),
        _ => JsonOf(type, ValueJson.Write(content)),
    };

    /// <summary>Masks a JSON document.</summary>
    public string? JsonOf(string type, string? json) =>
        json is null ? null : pipeline.Masker.Json(new StepOperation(OperationKind.Chain, type), new(RedactionKind.Event), json);
}
