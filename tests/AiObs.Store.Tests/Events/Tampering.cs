using AiObs.Store.Events;

namespace AiObs.Store.Tests.Events;

/// <summary>What somebody may do to a log's tables without making new hashes.</summary>
internal static class Tampering
{
    public static IReadOnlyList<Func<LogImage, int, LogImage>> Ways { get; } =
    [
        static (image, at) => Facts(image, at, static facts => facts with { Id = Guid.NewGuid() }),
        static (image, at) => Facts(image, at, static facts => facts with { Ticks = facts.Ticks + 1 }),
        static (image, at) => Facts(image, at, static facts => facts with { Type = facts.Type + "x" }),
        static (image, at) => Facts(image, at, static facts => facts with { UserId = facts.UserId is null ? "" : null }),
        static (image, at) => Facts(image, at, static facts => facts with { ConversationId = facts.SessionId, SessionId = facts.ConversationId + "x" }),
        static (image, at) => Facts(image, at, static facts => facts with { Data = facts.Data + " " }),
        static (image, at) => Facts(image, at, static facts => facts with { Commitment = facts.Commitment is null ? new byte[32] : null }),
        static (image, at) => Row(image, at, static row => row with { Content = row.Content is null ? new EventContent("", new byte[32]) : null }),
        static (image, at) => Row(image, at, static row => row with { Content = EventContent.Erased(Guid.NewGuid()) }),
        static (image, at) => Row(image, at, static row => row with { Place = row.Place with { Count = row.Place.Count + 1 } }),
        static (image, at) => Row(image, at, static row => row with { Place = row.Place with { Writer = "x" } }),
        static (image, at) => Row(image, at, static row => row with { Place = row.Place with { Hash = [.. row.Place.Hash.Reverse()] } }),
        static (image, at) => image with { Rows = [.. image.Rows.Where((_, index) => index != at)] },
        static (image, at) => image with { Rows = [.. image.Rows.Take(at)] },
        static (image, at) => image with { Rows = [.. image.Rows.Take(at + 1), image.Rows[at], .. image.Rows.Skip(at + 1)] },
        static (image, _) => image with { Writers = [] },
        static (image, _) => image with { Writers = [.. image.Writers.Select(static row => row with { OpenedTicks = row.OpenedTicks + 1 })] },
        static (image, _) => image with
        {
            Writers = [.. image.Writers.Select(static row => row with { Head = row.Head with { Count = row.Head.Count - 1 } })],
        },
        static (image, at) => image with { Checkpoints = [.. image.Checkpoints, new ChainCheckpoint(image.Rows[at].Place, new byte[32])] },
    ];

    private static LogImage Facts(LogImage image, int at, Func<EventFacts, EventFacts> change) =>
        Row(image, at, row => row with { Facts = change(row.Facts) });

    private static LogImage Row(LogImage image, int at, Func<StoredEvent, StoredEvent> change)
    {
        var rows = image.Rows.ToArray();
        rows[at] = change(rows[at]);
        return image with { Rows = rows };
    }
}
