using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Privacy;

/// <summary>Redacts the tags and the metadata of a context, which stand on everything that happens in it.</summary>
internal sealed class ContextMasker(ContentMasker masker)
{
    private static readonly RedactionPlace OfMetadata = new(RedactionKind.Metadata);

    public OperationContext Mask(OperationContext context)
    {
        // It is of no operation alone; all of it together may take as long as one.
        var step = new StepOperation(OperationKind.Chain, "context");
        return context with
        {
            Tags = context.Tags is { } tags ? [.. tags.Select(tag => masker.Redact(step, new(RedactionKind.Tag), tag))] : null,
            UnmaskedTags = context.Tags,
            MetadataJson = context.MetadataJson is { } json ? masker.RedactJson(step, OfMetadata, json) : null,
            Metadata = context.Metadata?.ToDictionary(static member => member.Key, member => Mask(step, member.Key, member.Value), StringComparer.Ordinal),
        };
    }

    /// <summary>Redacts one value, which may become the tag of a metric; what redaction does not change stays what it is.</summary>
    private object? Mask(StepOperation step, string key, object? value)
    {
        var place = OfMetadata with { Key = key };
        if (value is null or string)
        {
            return value is string said ? masker.Redact(step, place, said) : null;
        }

        var json = ValueJson.Write(value);
        var redacted = json[0] is '{' or '[' ? masker.RedactJson(step, place, json) : masker.Redact(step, place, json);
        return redacted == json ? value : redacted;
    }
}
