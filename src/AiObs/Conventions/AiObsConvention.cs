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
        switch (operation)
        {
            case ChatOperation chat:
                tags.Add(AiObsAttributes.CostTotal, (double?)chat.ReportedCost);
                if (chat.IsStreaming)
                {
                    tags.Add(AiObsAttributes.StreamOutcome, NameOf(chat.Outcome));
                    tags.Add(AiObsAttributes.StreamChunks, chat.ChunkCount);
                }

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

        if (operation is ChatOperation { AdditionalProperties: { } properties })
        {
            foreach (var (key, value) in properties)
            {
                tags.Add(AiObsAttributes.RequestPropertyPrefix + key, value.Text);
            }
        }
    }

    private static string NameOf(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Completed => "completed",
        OperationOutcome.Cancelled => "cancelled",
        OperationOutcome.Abandoned => "abandoned",
        _ => "failed",
    };
}
