using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.DocSnippets;

#region snippet:own-convention
internal sealed class TeamConvention : ISpanConvention
{
    public void Start(AgentOperation operation, ref TagList tags) => tags.Add("team", "search");

    public void WriteResult(Activity activity, AgentOperation operation)
    {
        if (operation is ModelOperation { Usage.Output: { } tokens })
        {
            activity.SetTag("team.output_tokens", tokens);
        }
    }

    public void WriteContent(Activity activity, AgentOperation operation)
    {
        if (operation is ChatOperation { OutputMessages: { } messages })
        {
            activity.SetTag("team.answer", messages.ToJson());   // masked already, in the JSON schema of gen_ai.output.messages
        }
    }
}
#endregion
