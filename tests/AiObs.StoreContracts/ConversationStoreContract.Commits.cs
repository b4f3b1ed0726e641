using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.StoreContracts;

public abstract partial class ConversationStoreContract
{
    [Fact]
    public async Task Commit_ThatCreates_KeepsAllOfTheConversation()
    {
        var store = await CreateStoreAsync();

        var result = await store.CommitAsync(ConversationSamples.Creating with { ExpiresAt = Start.AddDays(1) }, Stop);

        Assert.Equal((1, 0, true, false), (result.Version, result.Branch, result.IsCreated, result.IsReplay));
        Assert.Empty(result.Sequences);
        Assert.Equal(
            ConversationSamples.Text(ConversationSamples.State with { CreatedAt = Start, UpdatedAt = Start, ExpiresAt = Start.AddDays(1), Version = 1 }),
            ConversationSamples.Text(await FindAsync(store)));
    }

    [Fact]
    public async Task Commit_ThatCreatesWithATimeOfItsOwn_KeepsIt()
    {
        var store = await CreateStoreAsync();

        await store.CommitAsync(ConversationSamples.Creating with { Create = ConversationSamples.State with { CreatedAt = Start.AddYears(-1) } }, Stop);

        var found = await FindAsync(store);
        Assert.Equal((Start.AddYears(-1), Start), (found!.CreatedAt, found.UpdatedAt));
    }

    [Fact]
    public async Task Commit_ThatCreatesWhatIsThere_ChangesNothingOfIt()
    {
        var store = await CreateStoreAsync();
        await store.CommitAsync(ConversationSamples.Creating, Stop);

        var result = await store.CommitAsync(
            ConversationSamples.Commit(1) with { Create = ConversationSamples.State with { Title = "other", UserId = "eve", Tags = ["none"] } }, Stop);

        Assert.Equal((2, false), (result.Version, result.IsCreated));
        Assert.Equal(
            ConversationSamples.Text(ConversationSamples.State with { CreatedAt = Start, UpdatedAt = Start.AddMinutes(1), Version = 2, MessageCount = 1 }),
            ConversationSamples.Text(await FindAsync(store)));
    }

    [Fact]
    public async Task Commit_ToWhatIsNotThere_IsNotFoundAndKeepsNothing()
    {
        var store = await CreateStoreAsync();

        await Assert.ThrowsAsync<ConversationNotFoundException>(() => store.CommitAsync(ConversationSamples.Commit(1), Stop).AsTask());

        Assert.Null(await FindAsync(store));
        Assert.Empty((await store.ReadAsync(Query, Stop)).Messages);
    }

    [Fact]
    public async Task Messages_AreKeptWhole()
    {
        var store = await CreateStoreAsync([]);
        var message = ConversationSamples.Message(1) with
        {
            ReplacesId = "m-0",
            TurnId = "t-1",
            TokenCount = 7,
            IsPinned = true,
            Status = MessageStatus.Partial,
            At = Start.AddTicks(1),
            CallIds = ["call-1", "call-2"],
            EventId = new Guid("5b3c7d64-6a3e-4a0c-9a52-0d6f4cb3a001"),
            Content = MessageContent.Of(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call-1", "{\"b\": 1, \"a\": 2}")])),
            Role = ChatRole.Tool,
        };

        var result = await store.CommitAsync(ConversationSamples.Commit() with { Messages = [message] }, Stop);

        Assert.Equal([1], result.Sequences);
        var page = await store.ReadAsync(Query, Stop);
        Assert.Equal(
            ConversationSamples.Text(message with { Sequence = 1, Version = 2, Commitment = message.Content.Commitment }),
            ConversationSamples.Text(Assert.Single(page.Messages)));
        Assert.False(page.HasMore);
    }

    [Fact]
    public async Task Messages_HaveNumbersWithoutGap()
    {
        var store = await CreateStoreAsync([]);

        var first = await store.CommitAsync(ConversationSamples.Commit(1, 2, 3), Stop);
        var second = await store.CommitAsync(ConversationSamples.Commit(4, 5), Stop);

        Assert.Equal([1, 2, 3], first.Sequences);
        Assert.Equal([4, 5], second.Sequences);
        await AssertReadAsync(store, Query, 1, 2, 3, 4, 5);
        Assert.Equal((3, 5), ((await FindAsync(store))!.Version, (await FindAsync(store))!.MessageCount));
    }

    [Fact]
    public async Task Commit_OfMessagesThatAreThere_IsAReplay()
    {
        var store = await CreateStoreAsync([]);
        var commit = ConversationSamples.Commit(1, 2) with { ExpectedVersion = 1 };
        await store.CommitAsync(commit, Stop);
        await store.CommitAsync(ConversationSamples.Commit(3), Stop);

        // The same text under another salt, as a program makes it that was started anew.
        var result = await store.CommitAsync(ConversationSamples.Commit(1, 2) with { ExpectedVersion = 1 }, Stop);

        Assert.Equal((2, true, false), (result.Version, result.IsReplay, result.HasEvents));
        Assert.Equal([1, 2], result.Sequences);
        await AssertReadAsync(store, Query, 1, 2, 3);
        Assert.Equal(3, (await FindAsync(store))!.Version);
        Assert.Equal(commit.Messages[0].Content!.Commitment, (await store.ReadAsync(Query, Stop)).Messages[0].Commitment);
    }

    [Fact]
    public async Task Commit_OfAnotherMessageUnderAnIdThatIsThere_IsAConflict()
    {
        var store = await CreateStoreAsync(1);

        var other = await Assert.ThrowsAsync<ConversationConflictException>(
            () => store.CommitAsync(ConversationSamples.Commit() with { Messages = [ConversationSamples.Message(2) with { Id = ConversationSamples.IdOf(1) }] }, Stop).AsTask());
        await Assert.ThrowsAsync<ConversationConflictException>(() => store.CommitAsync(ConversationSamples.Commit(1, 2), Stop).AsTask());

        Assert.Equal(2, other.ActualVersion);
        await AssertReadAsync(store, Query, 1);
        Assert.Equal(2, (await FindAsync(store))!.Version);
    }

    [Fact]
    public async Task Commit_ThatContradictsItself_IsRefusedBeforeAnythingIsDone()
    {
        var store = await CreateStoreAsync(1);
        var commit = ConversationSamples.Commit();
        ConversationCommit[] wrong =
        [
            commit with { ConversationId = "" },
            commit with { ConversationId = new('c', 513) },
            commit with { ConversationId = "a\0b" },
            commit with { Tenant = new('t', 513) },
            commit with { Messages = [ConversationSamples.Message(2) with { Id = "" }] },
            commit with { Messages = [ConversationSamples.Message(2) with { Id = new('m', 513) }] },
            commit with { Messages = [ConversationSamples.Message(2) with { Content = null }] },
            commit with { Messages = [ConversationSamples.Message(2), ConversationSamples.Message(2)] },
            commit with { Update = ConversationSamples.State },
            commit with { Update = ConversationSamples.State, Create = ConversationSamples.State, ExpectedVersion = 2 },
            commit with { Delete = ConversationDelete.Hide, Restore = true },
            commit with { Delete = ConversationDelete.Erase, Messages = [ConversationSamples.Message(2)] },
            commit with { Fork = new(0, 1), Branch = 0 },
            commit with { Fork = new(0, 2) },
            commit with { Fork = new(1, 1) },
            commit with { Branch = 1, Messages = [ConversationSamples.Message(2)] },
            commit with { Branch = -1 },
            commit with { Turn = new() { Id = "", StartedAt = Start } },
        ];

        foreach (var one in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(one, Stop).AsTask());
        }

        Assert.Equal(2, (await FindAsync(store))!.Version);
        await AssertReadAsync(store, Query, 1);
    }

    [Fact]
    public async Task Commit_ThatIsCancelled_DoesNothing()
    {
        var store = await CreateStoreAsync(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.CommitAsync(ConversationSamples.Commit(2), new(canceled: true)).AsTask());

        await AssertReadAsync(store, Query, 1);
        Assert.Equal(2, (await FindAsync(store))!.Version);
    }

    [Theory]
    [InlineData("Grüße, 世界 🎉 \u200b")]
    [InlineData("it's \"quoted\"; DROP TABLE aiobs_messages; -- %_")]
    [InlineData(" leading and trailing ")]
    [InlineData("UPPER and lower")]
    public async Task Texts_AreKeptAsTheyAre(string text)
    {
        var store = await CreateStoreAsync();
        var state = ConversationSamples.State with { Id = text, Tenant = text, UserId = text, Title = text, Tags = [text], Metadata = ConversationSamples.Json("""{"Ü": "🎉"}""") };

        await store.CommitAsync(ConversationSamples.Creating with { ConversationId = text, Tenant = text, Create = state, Messages = [ConversationSamples.Message(1) with { Id = text }] }, Stop);

        Assert.Equal(
            ConversationSamples.Text(state with { CreatedAt = Start, UpdatedAt = Start, Version = 1, MessageCount = 1 }),
            ConversationSamples.Text(await store.FindAsync(text, text, cancellationToken: Stop)));
        Assert.Equal(text, Assert.Single((await store.ReadAsync(new() { ConversationId = text, Tenant = text }, Stop)).Messages).Id);
        Assert.Null(await store.FindAsync(text, text.ToUpperInvariant() + "x", cancellationToken: Stop));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD800)]
    public async Task Texts_ThatNoDatabaseTakes_AreIdsOfNothing(int character)
    {
        // No attribute takes half of a surrogate pair.
        var odd = $"a{(char)character}b";
        var store = await CreateStoreAsync(1);
        await store.CommitAsync(ConversationSamples.Creating with { Tenant = "a\uFFFDb", ConversationId = "a\uFFFDb", Messages = [ConversationSamples.Message(1)] }, Stop);

        Assert.Null(await store.FindAsync("", odd, cancellationToken: Stop));
        Assert.Null(await store.FindAsync(odd, "a\uFFFDb", cancellationToken: Stop));
        Assert.Null(await store.FindTurnAsync("", ConversationSamples.Id, odd, Stop));
        Assert.Empty((await store.ReadAsync(new() { Tenant = odd, ConversationId = "a\uFFFDb" }, Stop)).Messages);
        Assert.Empty((await store.ListAsync(new() { Tenant = odd }, Stop)).Conversations);
        Assert.Equal(0, await store.CountAsync(new() { UserId = odd, Tags = [odd] }, Stop));
        ConversationCommit[] refused =
        [
            ConversationSamples.Commit() with { Messages = [ConversationSamples.Message(2) with { TurnId = odd }] },
            ConversationSamples.Commit() with { Messages = [ConversationSamples.Message(2) with { ReplacesId = odd }] },
            ConversationSamples.Commit() with { Messages = [ConversationSamples.Message(2) with { Role = new(odd) }] },
        ];
        foreach (var commit in refused)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(commit, Stop).AsTask());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD800)]
    public async Task Texts_ThatNoDatabaseTakes_CostNothingElse(int character)
    {
        // No attribute takes half of a surrogate pair.
        var odd = $"a{(char)character}b";
        var store = await CreateStoreAsync(1);
        await store.CommitAsync(ConversationSamples.Commit() with { ExpectedVersion = 2, Update = ConversationSamples.State with { UserId = odd, Tags = [odd], Title = odd, Model = odd } }, Stop);
        await store.CommitAsync(ConversationSamples.Commit() with { Turn = new() { Id = "t", StartedAt = Start, ErrorType = odd, Response = odd } }, Stop);
        await ((ISummaryStore)store).SaveSummaryAsync(
            "", ConversationSamples.Id, new() { Coverage = "all", Branch = 0, FirstSequence = 1, LastSequence = 1, Text = odd, TokenCount = 1, Model = odd, At = Start }, Stop);

        Assert.Equal(1, await store.CountAsync(new() { UserId = odd, Tags = [odd] }, Stop));
        Assert.NotNull(await store.FindTurnAsync("", ConversationSamples.Id, "t", Stop));
        Assert.NotNull(await ((ISummaryStore)store).FindSummaryAsync("", ConversationSamples.Id, "all", Stop));
    }

    [Fact]
    public async Task Writers_AtOnce_LeaveNumbersAndVersionsWithoutGap()
    {
        const int Writers = 8;
        const int Each = 25;
        var store = await CreateStoreAsync([]);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 0; i < Each; i++)
                {
                    await store.CommitAsync(ConversationSamples.Commit((writer * Each * 2) + (i * 2) + 1, (writer * Each * 2) + (i * 2) + 2), Stop);
                }
            },
            Stop)));

        var messages = new List<StoredMessage>();
        for (var page = await store.ReadAsync(Query with { PageSize = 1_000 }, Stop); page.Messages.Count > 0; page = await store.ReadAsync(Query with { AfterSequence = messages[^1].Sequence }, Stop))
        {
            messages.AddRange(page.Messages);
        }

        Assert.Equal(Enumerable.Range(1, Writers * Each * 2).Select(static number => (long)number), messages.Select(static message => message.Sequence));
        Assert.Equal(Enumerable.Range(2, Writers * Each).SelectMany(static version => new long[] { version, version }), messages.Select(static message => message.Version));
        Assert.Equal((Writers * Each) + 1, (await FindAsync(store))!.Version);

        // Both messages of a commit stand side by side.
        Assert.All(messages.Chunk(2), static pair => Assert.Equal(int.Parse(pair[0].Id[2..], System.Globalization.CultureInfo.InvariantCulture) + 1, int.Parse(pair[1].Id[2..], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Creators_AtOnce_MakeOneConversation()
    {
        var store = await CreateStoreAsync();

        var results = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Task.Run(
            () => store.CommitAsync(ConversationSamples.Commit(number) with { Create = ConversationSamples.State }, Stop).AsTask(), Stop)));

        Assert.Single(results, static result => result.IsCreated);
        Assert.Equal(Enumerable.Range(1, 8).Select(static number => (long)number), results.Select(static result => result.Version).Order());
        Assert.Equal(1, await store.CountAsync(new(), Stop));
    }
}
