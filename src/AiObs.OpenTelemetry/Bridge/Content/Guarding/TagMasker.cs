using System.Diagnostics;
using System.Globalization;
using AiObs.Conventions;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;
using AiObs.Privacy.Keys;
using AiObs.Privacy.Redaction;

namespace AiObs.OpenTelemetry.Bridge.Content.Guarding;

/// <summary>Says what may stand in the place of a tag's value, whatever it is; <see langword="null"/> where nothing may.</summary>
internal sealed class TagMasker(ContentMasker masker, AttributeMasker attributes, Faults faults)
{
    /// <summary>The custom property by which tracers of Microsoft.Extensions.AI tell function loops that they may record content.</summary>
    private const string SensitiveDataProperty = "__EnableSensitiveData__";

    /// <summary>The custom property of spans that another process sent: what its libraries write under keys of their own may be anything.</summary>
    public const string ReceivedProperty = "AiObs.Received";

    /// <summary>Returns the value itself where it may stay as it is.</summary>
    public object? Mask(Activity span, AgentOperation operation, string key, object? value, bool mayShow)
    {
        var place = ContentKeys.PlaceOf(key);
        var redaction = place.ToRedaction(operation, key);
        return place.Kind switch
        {
            _ when value is null => null,
            ContentKind.Fact or ContentKind.User => value,
            ContentKind.Parameter => masker.HidesInvocationParameters ? null : Redact(operation, redaction, value),
            ContentKind.Description or ContentKind.Context => Redact(operation, redaction, value),
            ContentKind.Unknown => (masker.HidesAnything || !mayShow) && CopiesOptions(span) ? null : Redact(operation, redaction, value),
            ContentKind.UnknownGenAi => masker.HidesAnything || !mayShow ? null : Redact(operation, redaction, value),
            _ when !mayShow => null,
            ContentKind.Vector => masker.HidesVectors ? RecordedValue.RedactedText : value,
            _ when value is string text => Masked(operation, place, text),
            ContentKind.Label => masker.HidesMessages(place.Side ?? ContentSide.Input) ? null : value,

            // Content is text everywhere; what is none cannot be masked.
            _ => null,
        };
    }

    /// <summary>Tells whether unknown keys may hold content: the library copies the options of a request under whatever names they have, as Microsoft.Extensions.AI does, or nobody here knows it.</summary>
    private static bool CopiesOptions(Activity span) =>
        span.GetCustomProperty(SensitiveDataProperty) is not null
        || span.GetCustomProperty(ReceivedProperty) is not null
        || span.GetTagItem(GenAiAttributes.OperationName) is GenAiOperationNames.Embeddings or GenAiOperationNames.GenerateContent;

    private string? Masked(AgentOperation operation, ContentPlace place, string text) => faults.Get(
        ForeignContentGuard.Part,
        (attributes, operation, place, text),
        static state => state.attributes.Mask(state.operation, state.place, state.text));

    /// <summary>Redacts a value that is not hidden, of any type.</summary>
    private object? Redact(AgentOperation operation, RedactionPlace place, object value) => value switch
    {
        _ when !masker.Redacts => value,
        string text => faults.Get(ForeignContentGuard.Part, (attributes, operation, place, text), static state => state.attributes.JsonOrText(state.operation, state.place, state.text)),
        IEnumerable<string?> texts => texts.Select(text => RedactText(operation, place, text ?? "")).ToArray(),
        _ when IsNumeric(value.GetType()) => RedactNumber(operation, place, value),
        _ => RedactObject(operation, place, value),
    };

    /// <summary>A card number may come as a number; an array of numbers is no place for one.</summary>
    private object RedactNumber(AgentOperation operation, RedactionPlace place, object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        var redacted = RedactText(operation, place, text);
        return redacted == text ? value : redacted;
    }

    private string RedactText(AgentOperation operation, RedactionPlace place, string text) =>
        faults.Get(ForeignContentGuard.Part, (masker, operation, place, text), static state => state.masker.Text(state.operation, state.place, state.text)) ?? RecordedValue.RedactedText;

    /// <summary>Exporters take objects apart, or write what they say of themselves; either may hold anything.</summary>
    private string? RedactObject(AgentOperation operation, RedactionPlace place, object value) => faults.Get(
        ForeignContentGuard.Part, (masker, operation, place, value), static state => state.masker.Json(state.operation, state.place, ValueJson.Write(state.value)));

    private static bool IsNumeric(Type type) => (type.GetElementType() ?? type) is { } item && (item.IsPrimitive || item.IsEnum || item == typeof(decimal));
}
