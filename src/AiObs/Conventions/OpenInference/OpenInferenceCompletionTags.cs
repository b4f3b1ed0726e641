using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Conventions.OpenInference;

/// <summary>The OpenInference attributes of text completions, which have prompts and choices instead of messages.</summary>
internal sealed class OpenInferenceCompletionTags
{
    private const int Capacity = 16;

    private readonly IndexedKeys _prompts = new(OpenInferenceAttributes.LlmPrompts, OpenInferenceAttributes.PromptText, Capacity);
    private readonly IndexedKeys _choices = new(OpenInferenceAttributes.LlmChoices, OpenInferenceAttributes.CompletionText, Capacity);

    public void WriteContent(SpanTags tags, ChatOperation completion)
    {
        Write(tags, _choices, completion.OutputMessages, completion.Output);
        Write(tags, _prompts, completion.InputMessages, completion.Input);
    }

    /// <summary>Writes each text; where all are hidden, one placeholder says that there were some.</summary>
    private static void Write(SpanTags tags, IndexedKeys keys, RecordedMessages? messages, RecordedValue? whole)
    {
        if (whole is { IsRedacted: true })
        {
            tags.Put(keys[0], RecordedValue.RedactedText);
            return;
        }

        for (var i = 0; i < messages?.Count; i++)
        {
            tags.Add(keys[i], string.Concat(messages.Slots[i].Message.Parts.OfType<TextPart>().Select(static part => part.Text)));
        }
    }
}
