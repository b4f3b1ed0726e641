using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Chooses the texts in which jailbreaks are looked for.</summary>
internal static class JailbreakTexts
{
    /// <summary>Returns the texts, with their places among those of the request; <see langword="null"/> for those of the history.</summary>
    public static IEnumerable<(int? Index, string Text)> Of(GuardrailRequest request, bool all)
    {
        var texts = request.Texts.Select(static (text, index) => (Index: (int?)index, Text: text));
        if (request.Stage != GuardrailStages.Input)
        {
            return texts.Select(static item => (item.Index, item.Text.Value));
        }

        if (all)
        {
            return new GuardrailRequest(GuardrailStages.Input, [.. request.History.Where(static message => message.Role == ChatRole.User)]).Texts
                .Select(static text => ((int?)null, text.Value))
                .Concat(texts.Where(item => request.Messages[item.Text.Message].Role == ChatRole.User).Select(static item => (item.Index, item.Text.Value)));
        }

        var last = request.Messages.Count - 1;
        while (last >= 0 && request.Messages[last].Role != ChatRole.User)
        {
            last--;
        }

        return texts.Where(item => item.Text.Message == last).Select(static item => (item.Index, item.Text.Value));
    }
}
