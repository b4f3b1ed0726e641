using System.Security.Cryptography;
using AiObs.Memory;

namespace AiObs.Conversations.Memory.Summaries;

/// <summary>What can be summarised of a conversation: the groups before the present turn, and for each of them a hash of all up to it.</summary>
internal sealed class SummaryCoverage
{
    private readonly string[] _hashes;
    private readonly int[] _messages;

    private SummaryCoverage(MessageGroup[] groups, string[] hashes)
    {
        Groups = groups;
        _hashes = hashes;
        _messages = new int[groups.Length + 1];
        for (var index = 0; index < groups.Length; index++)
        {
            _messages[index + 1] = _messages[index] + groups[index].Count;
        }
    }

    public MessageGroup[] Groups { get; }

    /// <summary>Gets how many messages the groups have.</summary>
    public int Messages => _messages[^1];

    /// <summary>Hashes what a summary is made of: the messages, the instructions and the model, of one conversation.</summary>
    public static SummaryCoverage Of(MemoryWork work, string instructions, string? model)
    {
        MessageGroup[] groups = [.. work.Groups.Where(static group => group is { CanDrop: true, Kind: not MessageGroupKind.Summary })];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        MemoryFingerprint.Add(hash, work.Source.Tenant);
        MemoryFingerprint.Add(hash, work.Source.ConversationId ?? "");
        MemoryFingerprint.Add(hash, instructions);
        MemoryFingerprint.Add(hash, model ?? "");
        var hashes = new string[groups.Length];
        for (var index = 0; index < groups.Length; index++)
        {
            foreach (var item in groups[index].Items)
            {
                MemoryFingerprint.Add(hash, MemoryFingerprint.KeyOf(item));
            }

            hashes[index] = Convert.ToHexStringLower(hash.GetCurrentHash());
        }

        return new(groups, hashes);
    }

    /// <summary>Returns the hash of a number of groups, from the first one on.</summary>
    public string HashOf(int groups) => _hashes[groups - 1];

    /// <summary>Returns how many groups a hash covers; 0 where it is none of these.</summary>
    public int GroupsOf(string hash) => Array.LastIndexOf(_hashes, hash) + 1;

    public int MessagesUpTo(int groups) => _messages[groups];

    /// <summary>Returns how many groups there are before the last messages; those that the number would split are not among them.</summary>
    public int GroupsBeforeLast(int messages)
    {
        var groups = Groups.Length;
        while (groups > 0 && Messages - _messages[groups - 1] <= messages)
        {
            groups--;
        }

        return groups;
    }
}
