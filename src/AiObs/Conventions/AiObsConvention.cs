using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Conventions;

/// <summary>Writes our own keys; always on, beside whatever conventions are chosen.</summary>
internal sealed class AiObsConvention : ISpanConvention
{
    public void Start(AgentOperation operation, ref TagList tags)
    {
    }

    public void WriteResult(Activity activity, AgentOperation operation)
    {
        var tags = new SpanTags(activity, operation);
        if (operation is ModelOperation model)
        {
            WriteCost(tags, model);
            tags.Add(AiObsAttributes.ResponseRequestId, model.Wire?.RequestId);
            tags.Add(AiObsAttributes.ResponseRetryAfter, model.Wire?.RetryAfter?.TotalSeconds);
            tags.Add(AiObsAttributes.ResponseStatus, model is ChatOperation { IsFetch: true } ? null : model.Wire?.ResponseStatus);
            WriteAttempts(tags, activity, model);
        }

        switch (operation)
        {
            case ChatOperation chat:
                if (chat is { IsStreaming: true, IsAdopted: false })
                {
                    tags.Add(AiObsAttributes.StreamOutcome, chat.EndedBy ?? NameOf(chat.Outcome));
                    tags.Add(AiObsAttributes.StreamChunks, chat.ChunkCount);
                }

                break;
            case EmbeddingOperation embedding:
                tags.Add(AiObsAttributes.EmbeddingsInputCount, embedding.InputCount);
                break;
            case AgentRunOperation agent:
                tags.Add(AiObsAttributes.AgentToolsUsed, [.. agent.ToolsUsed]);
                tags.Add(AiObsAttributes.AgentIterations, agent.Iterations);
                break;
        }
    }

    public void WriteContent(Activity activity, AgentOperation operation)
    {
        var tags = new SpanTags(activity, operation);
        if (operation.Redactions is { } redactions)
        {
            foreach (var (rule, count) in redactions)
            {
                tags.Add(AiObsAttributes.RedactionPrefix + rule, count);
            }
        }

        if (operation is ChatOperation { InputMessages.UnrecordedCount: > 0 and var unrecorded })
        {
            tags.Add(AiObsAttributes.InputUnrecordedMessages, unrecorded);
        }

        if (operation is ChatOperation { AdditionalProperties: { } properties })
        {
            foreach (var (key, value) in properties)
            {
                tags.Add(AiObsAttributes.RequestPropertyPrefix + key, value.Text);
            }
        }
    }

    private static void WriteAttempts(SpanTags tags, Activity activity, ModelOperation model)
    {
        if (model.Attempts?.Read() is not { } attempts)
        {
            return;
        }

        tags.Add(AiObsAttributes.AttemptCount, attempts.Count);
        tags.Add(AiObsAttributes.AttemptLastStatus, attempts.LastStatus);
        for (var i = 0; i < attempts.Failures.Length; i++)
        {
            activity.AddEvent(EventOf(attempts.Failures[i], number: i + 1));
        }
    }

    private static ActivityEvent EventOf(FailedAttempt attempt, int number)
    {
        var tags = new ActivityTagsCollection
        {
            [AiObsAttributes.AttemptNumber] = (long)number,
            [GenAiAttributes.ErrorType] = attempt.ErrorType,
        };
        if (attempt.Status is { } status)
        {
            tags[GenAiAttributes.HttpResponseStatusCode] = (long)status;
        }

        if (attempt.RetryAfter is { } wait)
        {
            tags[AiObsAttributes.ResponseRetryAfter] = wait.TotalSeconds;
        }

        return new ActivityEvent(AiObsAttributes.AttemptFailedEvent, attempt.Time, tags);
    }

    private static void WriteCost(SpanTags tags, ModelOperation model)
    {
        if (model.Cost is not { } cost)
        {
            tags.Add(AiObsAttributes.CostTotal, model.ReportedCost);
            return;
        }

        tags.AddBoxed(AiObsAttributes.CostTotal, cost.TotalOnSpans);
        tags.Add(AiObsAttributes.CostSource, NameOf(cost.Source));
        tags.Add(AiObsAttributes.CostCompleteness, NameOf(cost.Completeness));
        tags.Add(AiObsAttributes.CostRule, cost.Rule);
    }

    private static string? NameOf(PriceSource source) => source switch
    {
        PriceSource.Call => "call",
        PriceSource.Options => "options",
        PriceSource.File => "file",
        PriceSource.Custom => "custom",
        PriceSource.Table => "table",
        PriceSource.Reported => "reported",
        _ => null,
    };

    private static string NameOf(CostCompleteness completeness) => completeness switch
    {
        CostCompleteness.Exact => "exact",
        CostCompleteness.Estimated => "estimated",
        CostCompleteness.Partial => "partial",
        _ => "unpriced",
    };

    private static string NameOf(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Completed => "completed",
        OperationOutcome.Cancelled => "cancelled",
        OperationOutcome.Abandoned => "abandoned",
        _ => "failed",
    };
}
