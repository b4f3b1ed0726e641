using AiObs.Conversations.Guardrails;
using AiObs.Conversations.Storing;
using AiObs.Guardrails;
using AiObs.Store;

namespace AiObs.Conversations.Turns;

/// <summary>Finds out whether a turn has come to its end before.</summary>
internal static class TurnReplay
{
    /// <summary>Returns what came of a turn the first time; <see langword="null"/> where it has to be done, or gone on with.</summary>
    /// <exception cref="GuardrailException">It was refused the first time.</exception>
    public static TurnResult? Of(ConversationView view, TurnRequest request, Conversation conversation, TurnRecord? known)
    {
        if (known is { State: TurnState.Refused } && known.ErrorType == typeof(GuardrailException).FullName && known.Findings.LastOrDefault(IsOfTurn) is { } refusal)
        {
            throw new GuardrailException(TurnFindings.FromStored([refusal])[0]);
        }

        if (known is not { State: TurnState.Completed or TurnState.AwaitingTools })
        {
            return null;
        }

        // Where the application itself has added the answer, it alone has it.
        var response = known.Response is { } json ? TurnResponseJson.Read(json, view.Options.JsonOptions) : new();
        if (known.State == TurnState.AwaitingTools && TurnAnswer.PendingIn(response.Messages).Overlaps(TurnAnswer.AnsweredBy(request.Messages)))
        {
            return null;
        }

        return new()
        {
            Response = response,
            TurnId = known.Id,
            Conversation = conversation,
            State = known.State,
            IsReplay = true,
            HasDiverged = known.Branch != conversation.Branch,
            Branch = known.Branch,
            Findings = TurnFindings.FromStored(known.Findings),
        };
    }

    /// <summary>Tells whether a finding is why a turn was refused; a refused tool leaves the turn going on.</summary>
    private static bool IsOfTurn(TurnFinding finding) =>
        finding.Mode == GuardrailWords.Of(GuardrailMode.Block) && (finding.Stage == GuardrailWords.Of(GuardrailStages.Input) || finding.Stage == GuardrailWords.Of(GuardrailStages.Output));
}
