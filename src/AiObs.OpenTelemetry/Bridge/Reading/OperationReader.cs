using System.Diagnostics;
using AiObs.Conventions;
using AiObs.OpenTelemetry.Bridge.Content.Guarding;
using AiObs.OpenTelemetry.Bridge.Content.Reading;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Recording;

namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Makes operations of the finished spans of other libraries.</summary>
internal sealed class OperationReader(OperationPipeline pipeline)
{
    private readonly ModelCallReader _models = new(pipeline);
    private readonly WorkReader _work = new(pipeline);

    public AgentOperation Read(Activity span, SpanRole role)
    {
        var tags = new ForeignTags(span);
        var content = ReadContent(span);
        AgentOperation operation = role switch
        {
            SpanRole.Chat => _models.ReadChat(tags, content),
            SpanRole.Embeddings => ModelCallReader.ReadEmbeddings(tags),
            SpanRole.Tool => _work.ReadTool(tags, content),
            SpanRole.Agent => ReadAgent(tags, content),
            SpanRole.Retriever => _work.ReadRetriever(tags, content),
            _ => _work.ReadStep(tags, content),
        };
        operation.Context = ContextOf(tags);
        if (operation is ChatOperation chat && content is not null)
        {
            _models.TellGates(chat, content);
        }

        return operation;
    }

    /// <summary>Reads a span that is a layer of what another one counts.</summary>
    /// <param name="span">The span.</param>
    /// <param name="isOutermost">Whether the other one is inside, so that what was asked and answered belongs on this one too.</param>
    public StepOperation ReadLayer(Activity span, bool isOutermost)
    {
        var tags = new ForeignTags(span);
        var step = _work.ReadLayer(tags, isOutermost ? ReadContent(span) : null);
        step.Context = ContextOf(tags);
        return step;
    }

    private AgentRunOperation ReadAgent(in ForeignTags tags, ForeignContent? content)
    {
        var agent = AgentCounts.Of(tags.Span);
        _work.ReadAgent(tags, agent, content);
        return agent;
    }

    private ForeignContent? ReadContent(Activity span)
    {
        if (!pipeline.Masker.Records)
        {
            return null;
        }

        var content = ForeignContent.Read(span);
        for (var i = 0; i < content.MalformedCount; i++)
        {
            pipeline.Faults.Count(ForeignContentGuard.Part);
        }

        return content;
    }

    private static OperationContext ContextOf(in ForeignTags tags)
    {
        var conversation = tags.Text(GenAiAttributes.ConversationId, ForeignScalars.ThreadId);
        return OperationContext.Empty.WithFallbackConversation(ChatRequestReader.IsResponseId(conversation) ? null : conversation);
    }
}
