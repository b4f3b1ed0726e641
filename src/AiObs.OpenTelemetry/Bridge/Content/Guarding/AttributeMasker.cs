using System.Text.Json;
using AiObs.OpenTelemetry.Bridge.Content.Reading;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;
using AiObs.Privacy.Keys;
using AiObs.Privacy.Redaction;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content.Guarding;

/// <summary>Says what may stand in the place of one attribute where content may be shown at all; <see langword="null"/> where nothing may.</summary>
internal sealed class AttributeMasker(ContentMasker masker, MessageMasker messages)
{
    private readonly DocumentRecorder _documents = new(masker);

    public string? Mask(AgentOperation operation, ContentPlace place, string text)
    {
        var side = place.Side ?? ContentSide.Input;
        return place.Kind switch
        {
            ContentKind.Messages => Messages(operation, text, side),
            ContentKind.Instructions => Instructions(operation, text),
            ContentKind.Tools => masker.HidesTools ? null : Tools(operation, text),
            ContentKind.Tool => masker.HidesTools ? null : JsonOrText(operation, place.ToRedaction(operation), text),
            ContentKind.Value => masker.HidesAll(side) ? null : JsonOrText(operation, place.ToRedaction(operation), text),
            ContentKind.Documents => Documents(operation, text),
            ContentKind.Prose => Prose(operation, text, side),
            ContentKind.Opaque => HidesPart(place) ? RecordedValue.RedactedText : JsonOrText(operation, place.ToRedaction(operation), text),
            ContentKind.Leaf => masker.HidesMessages(side) ? null : masker.MessageText(operation, place.ToRedaction(operation), text),
            ContentKind.Label => masker.HidesMessages(side) ? null : text,
            ContentKind.AuthorName => masker.HidesMessages(side) ? null : masker.Redact(operation, place.ToRedaction(operation), text),
            ContentKind.Image => masker.HidesMessages(side) ? null : masker.Media.Address(operation, "image", "image/*", text, side),
            ContentKind.EmbeddingText => masker.EmbeddingText(operation, text),
            _ => Error(operation, place.Kind, text),
        };
    }

    /// <summary>Masks a text that may be JSON: arguments, results, and what else has no schema. JSON that cannot be read cannot be masked.</summary>
    public string? JsonOrText(AgentOperation operation, in RedactionPlace place, string text)
    {
        if (ForeignJson.Parse(text) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json)
        {
            return masker.Json(operation, place, json.AsCompact());
        }

        return ForeignJson.IsMeant(text) ? null : masker.Text(operation, place, text);
    }

    private string? Error(AgentOperation operation, ContentKind kind, string text) =>
        kind == ContentKind.Error ? masker.ExceptionMessage(operation, text) : null;

    private bool HidesPart(ContentPlace place) => place.Side is { } side
        ? masker.HidesPart(side)
        : masker.HidesPart(ContentSide.Input) || masker.HidesPart(ContentSide.Output);

    private string? Messages(AgentOperation operation, string text, ContentSide side)
    {
        if (masker.HidesMessages(side))
        {
            return null;
        }

        var role = side == ContentSide.Input ? ChatRole.User : ChatRole.Assistant;
        return Read(text, root => MessageReader.ReadList(root, role)) is { } read ? messages.Mask(operation, read, side) : null;
    }

    private string? Instructions(AgentOperation operation, string text)
    {
        if (masker.HidesMessages(ContentSide.Input))
        {
            return null;
        }

        var instructions = ForeignJson.IsMeant(text) ? Read(text, InstructionReader.Read) : text;
        return instructions is null
            ? null
            : MessageJson.WriteInstructions(masker.MessageText(operation, new(RedactionKind.Instructions), instructions));
    }

    private string? Tools(AgentOperation operation, string text) => Read(text, ToolDefinitionReader.Read) is { } tools
        ? MessageJson.WriteTools([.. tools.Select(tool => ToolMasker.Mask(masker, operation, tool))])
        : null;

    private string? Documents(AgentOperation operation, string text) =>
        _documents.Record(operation, Read(text, DocumentReader.Read), ContentSide.Output) is { } documents
            ? DocumentJson.Write(documents)
            : null;

    private string? Prose(AgentOperation operation, string text, ContentSide side)
    {
        if (ForeignJson.IsMeant(text))
        {
            return Messages(operation, text, side);
        }

        return masker.HidesMessages(side) ? null : masker.MessageText(operation, RedactionPlace.Of(RedactionKind.Message, side), text);
    }

    /// <summary>Reads what was read and counted before; what cannot be read goes.</summary>
    private static T? Read<T>(string text, Func<JsonElement, T?> read)
        where T : class => new ForeignJson().Read(text, read);
}
