using AiObs.Store.Events;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Store.Tests.Events;

public sealed class StoredTextTests
{
    private static readonly Config Quiet = Fuzz.Config();

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("\U0001F600 a\u0301 \uFFFD \uFEFF")]
    public void Id_TextThatDatabasesTake_IsTheSameInstance(string text) => Assert.Same(text, StoredText.Id(text));

    [Fact]
    public void Id_LongestText_IsTheSameInstance()
    {
        var text = new string('x', StoredText.MaxIdLength);

        Assert.Same(text, StoredText.Id(text));
        Assert.NotSame(text + "x", StoredText.Id(text + "x"));
    }

    [Fact]
    public void Id_CutWithinAPair_HasNoHalfOfIt()
    {
        var id = StoredText.Id(new string('x', 446) + string.Concat(Enumerable.Repeat("\U0001F600", 100)))!;

        Assert.Equal(id, StoredText.Of(id));
        Assert.Equal('\uFFFD', id[446]);
    }

    [Fact]
    public void Id_BroughtInFormTwice_IsTheSame() => Check.One(Quiet, Prop.ForAll<string?, bool>((text, isLong) =>
    {
        var id = StoredText.Id(isLong ? string.Concat(Enumerable.Repeat(text + "\0", 300)) : text);

        Assert.Equal(id, StoredText.Id(id));
        Assert.True(id is null || id.Length <= StoredText.MaxIdLength || !isLong);
    }));
}
