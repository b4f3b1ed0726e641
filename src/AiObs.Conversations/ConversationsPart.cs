using AiObs.Hosting;
using AiObs.Pipeline;

namespace AiObs.Conversations;

/// <summary>Lets a root find its conversations.</summary>
internal sealed class ConversationsPart(Func<AgentConversations> find) : RootPart
{
    public AgentConversations Conversations => find();

    public override void Start(ObservabilityCore core)
    {
        // They begin with the first commit.
    }
}
