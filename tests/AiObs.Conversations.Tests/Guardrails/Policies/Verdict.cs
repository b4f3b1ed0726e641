using System.Globalization;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

/// <summary>Asks guardrails, and writes what they found as text.</summary>
internal static class Verdict
{
    public static GuardrailRequest Input(params string[] texts) => new(GuardrailStages.Input, [.. texts.Select(static text => new ChatMessage(ChatRole.User, text))]);

    /// <summary>Looks at one text of a user.</summary>
    public static Task<string[]> Of(IGuardrail guardrail, string text) => Of(guardrail, Input(text));

    /// <summary>Looks at a request, and writes each hit with what stands at its place, in the order of their places.</summary>
    public static async Task<string[]> Of(IGuardrail guardrail, GuardrailRequest request)
    {
        var verdict = await guardrail.CheckAsync(request, TestContext.Current.CancellationToken);
        return [.. verdict.Hits.OrderBy(static hit => hit.Text).ThenBy(static hit => hit.Start).Select(hit => Write(hit, request))];
    }

    /// <summary>Looks at one text, in a guardrail that never waits.</summary>
    public static IReadOnlyList<GuardrailHit> Hits(IGuardrail guardrail, string text) => Hits(guardrail, Input(text));

    public static IReadOnlyList<GuardrailHit> Hits(IGuardrail guardrail, GuardrailRequest request)
    {
        var verdict = guardrail.CheckAsync(request, TestContext.Current.CancellationToken);
        Assert.True(verdict.IsCompleted);
        return verdict.Result.Hits;
    }

    private static string Write(GuardrailHit hit, GuardrailRequest request)
    {
        var place = hit.Text is { } text ? $" {text}:{request.Texts[text].Value.Substring(hit.Start, hit.Length)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{hit.Reason} {hit.Score:0.##}{place}");
    }
}
