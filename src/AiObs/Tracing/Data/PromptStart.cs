using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy.Redaction;

namespace AiObs.Tracing;

/// <summary>What is known before a prompt template is rendered.</summary>
public sealed record PromptStart : SpanStart<PromptStop>
{
    /// <summary>Gets the template's text. Required.</summary>
    public string? Template { get; init; }

    /// <summary>Gets the values to put into the template. Required; a template without variables gets an empty dictionary.</summary>
    public IReadOnlyDictionary<string, object?>? Variables { get; init; }

    /// <summary>Gets the template's version.</summary>
    public string? Version { get; init; }

    internal override string Kind => "prompt";

    internal override string? FindMissing() =>
        Template is null ? nameof(Template) : Variables is null ? nameof(Variables) : null;

    internal override AgentOperation CreateOperation(TracerParts parts, string name) => new PromptOperation(name) { Version = Version };

    internal override void Record(TracerParts parts, AgentOperation operation)
    {
        if (!parts.Masker.Records)
        {
            return;
        }

        var prompt = (PromptOperation)operation;
        var place = new RedactionPlace(RedactionKind.Value);
        prompt.Input = parts.Masker.Value(prompt, place, Variables);
        if (!parts.Masker.HidesAll(ContentSide.Input))
        {
            prompt.Template = parts.Masker.Text(prompt, place, Template!);
            prompt.VariablesJson = parts.Masker.Json(prompt, place, ValueJson.WriteObject(Variables!));
        }
    }

    internal override PromptStop? StopFrom(object result) => result is string rendered ? new() { Rendered = rendered } : null;
}
