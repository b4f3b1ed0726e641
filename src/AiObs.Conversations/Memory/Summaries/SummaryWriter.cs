using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory.Summaries;

/// <summary>Has a model write summaries.</summary>
internal sealed class SummaryWriter(IChatClient client)
{
    private const string Purpose = "aiobs.purpose=summary";

    public string? Model { get; } = client.GetService<ChatClientMetadata>()?.DefaultModelId;

    /// <summary>Summarises groups, after what is summarised already.</summary>
    /// <exception cref="InvalidOperationException">The model wrote nothing.</exception>
    public async ValueTask<WrittenSummary> WriteAsync(SummaryMemory rules, MessageGroup[] groups, WrittenSummary previous, CancellationToken cancellationToken)
    {
        var text = previous.Text;
        var appended = 0;
        var lost = 0;
        foreach (var part in PartsOf(groups, rules.MaxInputTokens))
        {
            ChatMessage[] messages = [.. part.SelectMany(static group => group.Messages)];
            var written = await AskAsync(rules, SummaryText.ToPrompt(text, messages), cancellationToken).ConfigureAwait(false);
            var literals = Literals.In(string.Join('\n', messages.Select(SummaryText.TextOf).Prepend(text)));
            string[] missing = [.. literals.Where(literal => !written.Contains(literal.Trim('"'), StringComparison.Ordinal))];
            string[] verbatim = [.. missing.TakeLast(rules.MaxVerbatim)];
            appended = verbatim.Length;
            lost += missing.Length - verbatim.Length;
            text = verbatim.Length == 0 ? written : $"{written}\nVerbatim: {string.Join(" ; ", verbatim)}";
        }

        var reason = FormattableString.Invariant($"a summary stands for it, with {appended} literals appended and {lost} lost");
        return new(previous.Groups + groups.Length, text, reason);
    }

    private async Task<string> AskAsync(SummaryMemory rules, string prompt, CancellationToken cancellationToken)
    {
        using var scope = AgentContext.Begin(tags: [.. AgentContext.Current?.Tags ?? [], Purpose]);
        var response = await client.GetResponseAsync(
            [new(ChatRole.System, rules.Instructions), new(ChatRole.User, prompt)],
            new ChatOptions { MaxOutputTokens = rules.MaxOutputTokens },
            cancellationToken).ConfigureAwait(false);
        var text = response.Text.Trim();
        return text.Length > 0 ? text : throw new InvalidOperationException("The model that summarises wrote nothing.");
    }

    private static IEnumerable<List<MessageGroup>> PartsOf(MessageGroup[] groups, int maxTokens)
    {
        var part = new List<MessageGroup>();
        long tokens = 0;
        foreach (var group in groups)
        {
            if (part.Count > 0 && tokens + group.TokenCount > maxTokens)
            {
                yield return part;
                part = [];
                tokens = 0;
            }

            part.Add(group);
            tokens += group.TokenCount;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}
