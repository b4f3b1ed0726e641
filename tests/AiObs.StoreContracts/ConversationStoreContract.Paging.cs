using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class ConversationStoreContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task Messages_ArePagedBothWays(int pageSize)
    {
        var store = await CreateStoreAsync(1, 2, 3, 4, 5);
        var query = Query with { PageSize = pageSize };

        await AssertReadAsync(store, query, 1, 2, 3, 4, 5);
        await AssertReadAsync(store, query with { IsDescending = true }, 5, 4, 3, 2, 1);
        await AssertReadAsync(store, query with { AfterSequence = 2, BeforeSequence = 5 }, 3, 4);
        await AssertReadAsync(store, query with { AfterSequence = 2, BeforeSequence = 5, IsDescending = true }, 4, 3);
        Assert.Empty(await ReadAsync(store, query with { AfterSequence = 5 }));
        Assert.Empty(await ReadAsync(store, query with { BeforeSequence = 1, IsDescending = true }));
    }

    [Fact]
    public async Task Standing_ArePinnedMessagesAndThoseOfTheSystem()
    {
        var store = await CreateStoreAsync([]);
        foreach (var number in Enumerable.Range(1, 9))
        {
            var message = ConversationSamples.Message(number) with { IsPinned = number is 4 or 6 };
            message = number % 3 == 0 ? message with { Role = Microsoft.Extensions.AI.ChatRole.System } : message;
            await store.CommitAsync(ConversationSamples.Commit() with { Messages = [message], Fork = number == 7 ? new(0, 4) : null, MakesCurrent = number == 7 }, Stop);
        }

        var query = Query with { OnlyStanding = true, PageSize = 2 };
        await AssertReadAsync(store, query, 3, 4, 9);
        await AssertReadAsync(store, query with { IsDescending = true }, 9, 4, 3);
        await AssertReadAsync(store, query with { Branch = 0 }, 3, 4, 6);
        await AssertReadAsync(store, query with { BeforeSequence = 9, AfterSequence = 3 }, 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Conversations_ArePagedNewestFirst(int pageSize)
    {
        var store = await CreateStoreAsync();
        foreach (var number in Enumerable.Range(1, 7))
        {
            await CreateAsync(store, $"c-{number}", at: Start.AddMinutes(number / 2));
        }

        var query = new ConversationQuery { PageSize = pageSize };
        Assert.Equal(["c-7", "c-6", "c-5", "c-4", "c-3", "c-2", "c-1"], await ListAsync(store, query));
        Assert.Equal(7, await store.CountAsync(query, Stop));
    }

    [Fact]
    public async Task Cursor_OfAnotherListing_IsRefused()
    {
        var store = await CreateStoreAsync();
        await CreateAsync(store, "c-1");
        await CreateAsync(store, "c-2");
        var page = await store.ListAsync(new() { PageSize = 1 }, Stop);

        Assert.NotNull(page.NextCursor);
        foreach (var query in new ConversationQuery[] { new() { UserId = "ada" }, new() { Tenant = null }, new() { Tags = ["shop"] }, new() { IncludeHidden = true }, new() { After = Start }, new() { Before = Start }, new() { ExpiresBefore = Start } })
        {
            await Assert.ThrowsAsync<InvalidCursorException>(() => store.ListAsync(query with { Cursor = page.NextCursor }, Stop).AsTask());
        }

        await Assert.ThrowsAsync<InvalidCursorException>(() => store.ListAsync(new() { Cursor = "AQ" }, Stop).AsTask());
    }

    [Fact]
    public async Task Filters_MustAllHold()
    {
        var store = await CreateStoreAsync();
        await CreateAsync(store, "c-1", user: "ada", tags: ["a", "b"], at: Start);
        await CreateAsync(store, "c-2", user: "bob", tags: ["a"], at: Start.AddMinutes(1), expires: Start.AddDays(1));
        await CreateAsync(store, "c-3", user: "ada", tags: [], at: Start.AddMinutes(2), expires: Start.AddDays(2));
        await CreateAsync(store, "c-4", user: null, tags: ["b", "a"], at: Start.AddMinutes(3));

        await AssertFoundAsync(new() { UserId = "ada" }, "c-3", "c-1");
        await AssertFoundAsync(new() { Tags = ["a"] }, "c-4", "c-2", "c-1");
        await AssertFoundAsync(new() { Tags = ["a", "b"] }, "c-4", "c-1");
        await AssertFoundAsync(new() { Tags = ["a", "b"], UserId = "ada" }, "c-1");
        await AssertFoundAsync(new() { After = Start.AddMinutes(1), Before = Start.AddMinutes(2) }, "c-3", "c-2");
        await AssertFoundAsync(new() { ExpiresBefore = Start.AddDays(1) }, "c-2");
        await AssertFoundAsync(new() { ExpiresBefore = Start.AddDays(9) }, "c-3", "c-2");
        await AssertFoundAsync(new() { UserId = "ADA" });
        await AssertFoundAsync(new() { Tags = ["A"] });

        async Task AssertFoundAsync(ConversationQuery query, params string[] expected)
        {
            Assert.Equal(expected, await ListAsync(store, query));
            Assert.Equal(expected.Length, await store.CountAsync(query with { PageSize = 1 }, Stop));
        }
    }

    [Fact]
    public async Task Tenants_DoNotSeeEachOther()
    {
        var store = await CreateStoreAsync();
        foreach (var tenant in new[] { "", "acme", "Acme" })
        {
            await CreateAsync(store, "same", tenant: tenant, title: $"of '{tenant}'");
        }

        await store.CommitAsync(ConversationSamples.Commit(1) with { ConversationId = "same", Tenant = "acme" }, Stop);

        Assert.Equal("of 'acme'", (await store.FindAsync("acme", "same", cancellationToken: Stop))!.Title);
        Assert.Equal("of ''", (await store.FindAsync("", "same", cancellationToken: Stop))!.Title);
        Assert.Null(await store.FindAsync("other", "same", cancellationToken: Stop));
        Assert.Single((await store.ReadAsync(new() { ConversationId = "same", Tenant = "acme" }, Stop)).Messages);
        Assert.Empty((await store.ReadAsync(new() { ConversationId = "same", Tenant = "Acme" }, Stop)).Messages);
        Assert.Equal("acme", Assert.Single((await store.ListAsync(new() { Tenant = "acme" }, Stop)).Conversations).Tenant);
        Assert.Equal((1, 0, 3), (await store.CountAsync(new(), Stop), await store.CountAsync(new() { Tenant = "ACME" }, Stop), await store.CountAsync(new() { Tenant = null }, Stop)));
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => store.CommitAsync(ConversationSamples.Commit(1) with { ConversationId = "same", Tenant = "other" }, Stop).AsTask());
    }

    private static ValueTask<CommitResult> CreateAsync(
        IConversationStore store, string id, string tenant = "", string? user = "ada", string? title = null, string[]? tags = null, DateTimeOffset? at = null, DateTimeOffset? expires = null) =>
        store.CommitAsync(
            new() { ConversationId = id, Tenant = tenant, At = at ?? Start, Create = new() { Id = id, UserId = user, Title = title, Tags = tags ?? ["shop"] }, ExpiresAt = expires }, Stop);
}
