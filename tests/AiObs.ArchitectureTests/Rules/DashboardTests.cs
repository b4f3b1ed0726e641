using System.Reflection;
using System.Runtime.CompilerServices;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>Holds the dashboard to what keeps it small and safe.</summary>
public sealed class DashboardTests
{
    public const string Folder = "src/AiObs.Dashboard/";

    private const int MostBytes = 32 * 1024;
    private const int MostBytesOfScript = 16 * 1024;

    private static readonly IReadOnlyList<TextFile> Sources = Repository.Files(".cs", Folder);

    private static readonly IReadOnlyList<TextFile> Assets = [.. Repository.Files(".css", Folder), .. Repository.Files(".js", Folder)];

    [Fact]
    public void Markup_OfAllPages_IsWrittenByTheWriter() => Assert.Equal([], MarkupPlaces.Violations(Sources));

    [Theory]
    [InlineData("class A { string M(string x) => \"<b>\" + x; }")]
    [InlineData("class A { string M(string x) => $\"<b>{x}</b>\"; }")]
    [InlineData("class A { string M(string x) => \"\"\"</script>\"\"\"; }")]
    [InlineData("class A { void M(HtmlWriter html, string x) => html.Write($\"{\"<b>\" + x}\"); }")]
    [InlineData("class A { void M(HtmlWriter html) => html.Markup(\"b\"); }")]
    [InlineData("class A { MarkupString M() => default; }")]
    [InlineData("class A { void M(HtmlWriter html) => html.Write($\"<p style=\\\"color: red\\\">\"); }")]
    [InlineData("class A { void M(HtmlWriter html) => html.Write($\"<p onclick=\\\"x()\\\">\"); }")]
    public void Markup_InAnyOtherPlace_IsReported(string text) => Assert.NotEmpty(MarkupPlaces.Violations([new(Folder + "Layout/A.cs", text)]));

    [Theory]
    [InlineData("Layout/A.cs", "class A { void M(HtmlWriter html, string x) => html.Write($\"<p title=\\\"{x}\\\">{x}</p>\"); }")]
    [InlineData("Layout/A.cs", "class A { bool M(int x) => x < 5; string N() => \"a < b, style=1\"; }")]
    [InlineData("Html/A.cs", "class A { string M() => \"<span>\"; }")]
    public void Markup_OfTheWriter_IsNotReported(string path, string text) => Assert.Empty(MarkupPlaces.Violations([new(Folder + path, text)]));

    [Fact]
    public void Assets_AllTogether_AreSmall()
    {
        var sizes = Assets.ToDictionary(static asset => Path.GetExtension(asset.Path), static asset => System.Text.Encoding.UTF8.GetByteCount(asset.Text));

        Assert.InRange(sizes[".js"], 1, MostBytesOfScript);
        Assert.InRange(sizes.Values.Sum(), 1, MostBytes);
    }

    [Fact]
    public void Assets_AllOfThem_LoadNothing() => Assert.All(Assets, static asset => Assert.DoesNotMatch(@"//[a-z0-9-]+\.|https?://|url\(|@import|\bimport\b|\beval\b|innerHTML|insertAdjacentHTML|document\.write", asset.Text));

    /// <summary>What the dashboard shows, a user can query: it reads through the public surface of what keeps it.</summary>
    [Theory]
    [InlineData("AiObs")]
    [InlineData("AiObs.Cost")]
    [InlineData("AiObs.Store")]
    public void Internals_OfWhatItReads_AreHidden(string library) => Assert.DoesNotContain(
        "AiObs.Dashboard",
        Repository.Assemblies.Single(assembly => assembly.GetName().Name == library).GetCustomAttributes<InternalsVisibleToAttribute>().Select(static friend => friend.AssemblyName));
}
