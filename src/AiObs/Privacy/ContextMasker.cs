using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Privacy;

/// <summary>Redacts the tags and the metadata of a context, which stand on everything that happens in it.</summary>
internal sealed class ContextMasker(ContentMasker masker)
{
    private static readonly RedactionPlace OfMetadata = new(RedactionKind.Metadata);

    public OperationContext Mask(OperationContext context) => context with
    {
        Tags = context.Tags is { } tags ? [.. tags.Select(tag => masker.Redact(operation: null, new(RedactionKind.Tag), tag))] : null,
        UnmaskedTags = context.Tags,
        MetadataJson = context.MetadataJson is { } json ? masker.RedactJson(OfMetadata, json) : null,
        Metadata = context.Metadata?.ToDictionary(static member => member.Key, member => Mask(member.Key, member.Value), StringComparer.Ordinal),
    };

    /// <summary>Redacts one value, which may become the tag of a metric; what redaction does not change stays what it is.</summary>
    private object? Mask(string key, object? value)
    {
        var text = value as string ?? (value is null ? "" : ValueJson.Write(value));
        var redacted = masker.Redact(operation: null, OfMetadata with { Key = key }, text);
        return redacted == text ? value : redacted;
    }
}
