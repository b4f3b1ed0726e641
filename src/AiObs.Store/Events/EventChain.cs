using System.Security.Cryptography;

namespace AiObs.Store.Events;

/// <summary>Makes the hashes of a log: SHA-256, or HMAC-SHA256 where the log has a key. Thread-safe.</summary>
/// <remarks>
/// The key is nowhere in the log. Without a key the chain shows accidents and careless changes; with one, only who has it can make hashes that fit.
/// Either way it takes anchors, kept outside, to prove that the newest events, or the newest writer, were not cut off.
/// </remarks>
internal sealed class EventChain(byte[]? key = null)
{
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>Gets a value indicating whether hashes are made with a key.</summary>
    public bool IsKeyed => key is not null;

    /// <summary>Returns what makes the hashes of a log with these options.</summary>
    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
    public static EventChain For(EventLogOptions? options)
    {
        if (options is not null)
        {
            EventLogOptionsValidator.ThrowIfInvalid(options);
        }

        return new EventChain(options?.HmacKey?.ToArray());
    }

    /// <summary>Makes the id of a new writer. It says nothing of machine or process: those who read a log need not know them.</summary>
    public static string NewWriterId() => Guid.NewGuid().ToString("N");

    /// <summary>Starts the chain of a writer.</summary>
    /// <param name="log">The log's id, so that no other log, though it has the same key, has rows that fit; 0.1.0 had none.</param>
    /// <param name="writer">The new writer's id, used never before.</param>
    /// <param name="opened">When it opened.</param>
    /// <param name="predecessor">The chain, as it is now, of the writer that opened last; <see langword="null"/> in an empty log.</param>
    public ChainWriter Open(Guid? log, string writer, DateTimeOffset opened, ChainHead? predecessor) =>
        Sealed(log, opened.UtcTicks, predecessor, new ChainHead(writer, 0, Genesis(log, writer, opened.UtcTicks, predecessor)));

    /// <summary>Returns the writer's row after it has written up to a head.</summary>
    public ChainWriter Advance(ChainWriter writer, ChainHead head) => Sealed(writer.Log, writer.OpenedTicks, writer.Predecessor, head);

    /// <summary>Returns the checkpoint that stands for everything up to a head.</summary>
    public ChainCheckpoint Checkpoint(Guid? log, ChainHead head) => new(head, SealOf(log, head));

    /// <summary>Returns the head of a chain to which an event was added; its hash is that of the event.</summary>
    public ChainHead Append(ChainHead head, EventFacts facts)
    {
        using var bytes = new CanonicalBytes("aiobs.event.1"u8, 512 + facts.Data.Length);
        bytes.Add(head.Hash);
        bytes.Add(head.Writer);
        bytes.Add(head.Count + 1);
        bytes.Add(facts.Id);
        bytes.Add(facts.Ticks);
        bytes.Add(facts.Type);
        bytes.Add(facts.ConversationId);
        bytes.Add(facts.UserId);
        bytes.Add(facts.SessionId);
        bytes.Add(facts.TraceId);
        bytes.Add(facts.SpanId);
        bytes.Add(facts.Data);
        bytes.Add(facts.Commitment);
        return new ChainHead(head.Writer, head.Count + 1, Hash(bytes.Written));
    }

    /// <summary>Returns the hash that a writer's first event follows.</summary>
    public byte[] Genesis(Guid? log, string writer, long openedTicks, ChainHead? predecessor)
    {
        using var bytes = Of(log, "aiobs.genesis.1"u8, "aiobs.genesis.2"u8);
        bytes.Add(writer);
        bytes.Add(openedTicks);
        bytes.Add(predecessor);
        return Hash(bytes.Written);
    }

    /// <summary>Tells whether a writer's row is one that this log has written.</summary>
    public bool IsSealed(ChainWriter writer) => writer.Seal.AsSpan().SequenceEqual(SealOf(writer.Log, writer.OpenedTicks, writer.Predecessor, writer.Head));

    /// <summary>Tells whether a checkpoint is one that this log has written.</summary>
    public bool IsSealed(Guid? log, ChainCheckpoint checkpoint) => checkpoint.Seal.AsSpan().SequenceEqual(SealOf(log, checkpoint.Head));

    /// <summary>Makes a hash, as all of this log are.</summary>
    public byte[] Hash(ReadOnlySpan<byte> bytes) => key is null ? SHA256.HashData(bytes) : HMACSHA256.HashData(key, bytes);

    private ChainWriter Sealed(Guid? log, long openedTicks, ChainHead? predecessor, ChainHead head) =>
        new(log, openedTicks, IsKeyed, predecessor, head, SealOf(log, openedTicks, predecessor, head));

    private byte[] SealOf(Guid? log, long openedTicks, ChainHead? predecessor, ChainHead head)
    {
        using var bytes = Of(log, "aiobs.writer.1"u8, "aiobs.writer.2"u8);
        bytes.Add(openedTicks);
        bytes.Add(predecessor);
        bytes.Add(head);
        return Hash(bytes.Written);
    }

    private byte[] SealOf(Guid? log, ChainHead checkpoint)
    {
        using var bytes = Of(log, "aiobs.checkpoint.1"u8, "aiobs.checkpoint.2"u8);
        bytes.Add(checkpoint);
        return Hash(bytes.Written);
    }

    /// <summary>Starts with the id of the log, or, for what belongs to a writer of 0.1.0, as that version did.</summary>
    private static CanonicalBytes Of(Guid? log, ReadOnlySpan<byte> first, ReadOnlySpan<byte> layout)
    {
        if (log is not { } id)
        {
            return new CanonicalBytes(first);
        }

        var bytes = new CanonicalBytes(layout);
        bytes.Add(id);
        return bytes;
    }
}
