using AiObs.Cost.Ledger;
using AiObs.StoreContracts;

namespace AiObs.Cost.Tests.Ledger;

public sealed class RecentResponsesTests
{
    private static readonly DateTimeOffset Now = CostSamples.Start;

    private readonly RecentResponses _responses = new();

    [Fact]
    public void Has_MoreThanTheyHold_ForgetTheFirst()
    {
        for (var number = 0; number <= 2 * 4_096; number++)
        {
            _responses.Note($"{number}", "openai", Now);
        }

        Assert.Equal((false, true, true), (_responses.Has("0", null, Now), _responses.Has("4096", null, Now), _responses.Has("8192", "openai", Now)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Has_IdThatIsEmptyOrTooLong_WasNotNoted(int length, bool isNoted)
    {
        var id = new string('x', length);
        _responses.Note(id, "openai", Now);

        Assert.Equal((isNoted, isNoted), (_responses.Has(id, "openai", Now), _responses.Has(id, null, Now)));
    }

    [Fact]
    public void Has_ProviderThatNobodyKnows_MayBeAny()
    {
        _responses.Note("named", "openai", Now);
        _responses.Note("unnamed", null, Now);

        Assert.Equal(
            (true, true, false, true, true),
            (_responses.Has("named", "openai", Now), _responses.Has("named", null, Now), _responses.Has("named", "anthropic", Now),
                _responses.Has("unnamed", "anthropic", Now), _responses.Has("unnamed", null, Now)));
    }

    [Fact]
    public void Has_SameIdOfTwoProviders_RemembersEachForItsOwnTime()
    {
        var later = Now.AddHours(2);
        _responses.Note("r1", "openai", Now);
        _responses.Note("r1", "anthropic", Now);
        _responses.Note("r1", "openai", later);

        Assert.Equal(
            (true, false, true),
            (_responses.Has("r1", "openai", later), _responses.Has("r1", "anthropic", later), _responses.Has("r1", null, later)));
    }

    [Fact]
    public void Has_SameIdOfAProviderAndOfNobodyKnown_RemembersBoth()
    {
        var later = Now.AddHours(2);
        _responses.Note("r1", "openai", Now);
        _responses.Note("r1", null, later);

        Assert.True(_responses.Has("r1", "anthropic", later));
    }
}
