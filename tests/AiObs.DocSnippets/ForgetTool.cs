using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.DocSnippets;

#region snippet:memory-own
internal sealed class ForgetTool(string tool) : IMemoryStrategy
{
    public string Name => "forget_tool";

    public ValueTask ApplyAsync(MemoryWork work, CancellationToken cancellationToken)
    {
        foreach (MessageGroup group in work.Groups.Where(group => group.CanDrop && group.Kind == MessageGroupKind.ToolCalls))
        {
            if (group.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().All(call => call.Name == tool))
            {
                work.Drop(group, $"what {tool} said is of use once");
            }
        }

        return default;
    }
}
#endregion
