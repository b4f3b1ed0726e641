namespace AiObs.ArchitectureTests.Rules;

/// <summary>Shows the rule about folders each kind of reference, and orders that are kept and broken.</summary>
public sealed class FolderLayersSampleTests
{
    private const string Place = "/somewhere/src/P/";

    private const string Named = """
        namespace Low;
        public class Target { public class Inner; public static int Count; public static void Run() { } }
        public interface ITarget;
        public enum Color { Red, Green }
        public class Marked(params Type[] types) : Attribute { public Color Color { get; set; } public Type? More { get; set; } }
        public class Fault : Exception;
        public static class Extra { public static int Twice(this int value) => 2 * value; }
        public delegate void Heard();
        """;

    [Theory]
    [InlineData("class Top : Target;", "Top.type names Target")]
    [InlineData("class Top : ITarget;", "Top.type names ITarget")]
    [InlineData("interface Top : ITarget;", "Top.type names ITarget")]
    [InlineData("class Top : List<Target>;", "Top.type names Target")]
    [InlineData("class Top<T> where T : ITarget;", "Top.type names ITarget")]
    [InlineData("class Top { Target? _field; }", "Top._field names Target")]
    [InlineData("class Top { Dictionary<int, Target[]>? _field; }", "Top._field names Target")]
    [InlineData("class Top { Target.Inner? Property { get; set; } }", "Top.Property names Target")]
    [InlineData("class Top { event Heard? Event; }", "Top.Event names Heard")]
    [InlineData("class Top { Target? Method() => null; }", "Top.Method names Target")]
    [InlineData("class Top { void Method(in Target target) { } }", "Top.Method names Target")]
    [InlineData("interface Top { void Method(Target target); }", "Top.Method names Target")]
    [InlineData("class Top { void Method<T>() where T : ITarget { } }", "Top.Method names ITarget")]
    [InlineData("class Top(Target target);", "Top.ctor names Target")]
    [InlineData("record Top(Target? Part);", "Top.Part names Target")]
    [InlineData("delegate Target Top();", "Top.Invoke names Target")]
    [InlineData("[Marked] class Top;", "Top.type names Marked")]
    [InlineData("class Top { [Marked] void Method() { } }", "Top.Method names Marked")]
    [InlineData("class Top { void Method([Marked] int number) { } }", "Top.Method names Marked")]
    [InlineData("class Top { [return: Marked] int Method() => 1; }", "Top.Method names Marked")]
    [InlineData("[Marked(typeof(Target))] class Top;", "Top.type names Target")]
    [InlineData("[Marked(More = typeof(List<Target>))] class Top;", "Top.type names Target")]
    [InlineData("[Marked(Color = Color.Red)] class Top;", "Top.type names Color")]
    [InlineData("class Top { object Method() => new Target(); }", "Top.Method names Target")]
    [InlineData("class Top { void Method() => Target.Run(); }", "Top.Method names Target")]
    [InlineData("class Top { int Method() => Target.Count; }", "Top.Method names Target")]
    [InlineData("class Top { int Method() => 1.Twice(); }", "Top.Method names Extra")]
    [InlineData("class Top { object Method() => typeof(Target); }", "Top.Method names Target")]
    [InlineData("class Top { object Method() => new List<Target>(); }", "Top.Method names Target")]
    [InlineData("class Top { object Method() => Array.Empty<Target>(); }", "Top.Method names Target")]
    [InlineData("class Top { bool Method(object any) => any is Target; }", "Top.Method names Target")]
    [InlineData("class Top { bool Method(object any) => any is Color.Green; }", "Top.Method names Color")]
    [InlineData("class Top { void Method() { try { Console.WriteLine(); } catch (Fault) { } } }", "Top.Method names Fault")]
    [InlineData("class Top { Func<object> Method() => () => new Target(); }", "Top.Method names Target")]
    [InlineData("class Top { async Task Method() { await Task.Yield(); Target.Run(); } }", "Top.Method names Target")]
    [InlineData("class Top { IEnumerable<object> Method() { yield return new Target(); } }", "Top.Method names Target")]
    [InlineData("class Top { void Method() { Local(); static void Local() => Target.Run(); } }", "Top.Method names Target")]
    [InlineData("class Top { class Inner { void Method() => Target.Run(); } }", "Top.Method names Target")]
    public void References_OfEachKind_AreFound(string source, string expected) => Assert.Contains(
        $"High -> Low: {expected}",
        Project(("Low/Target.cs", Named), ("High/Top.cs", "using Low; namespace High; " + source)).References.Select(edge => edge.ToString()));

    [Fact]
    public void References_WithinAFolderAndToOtherAssemblies_AreNone() => Assert.Empty(
        Project(("Low/A.cs", "class A { string? Text; }"), ("Low/B.cs", "class B : A { int Method() => new List<A>().Count; }")).References);

    [Fact]
    public void References_ToConstants_LeaveNoTrace() => Assert.Empty(
        Project(("Low/A.cs", "class A { public const int One = 1; }"), ("High/B.cs", "class B { int Method() => A.One; }")).References);

    [Fact]
    public void Folder_OfATypeWithoutMethods_IsThatOfItsFile() => Assert.Equal(
        [FolderLayersProject.Root, "Low", "Low/Lower"],
        Project(("I.cs", "interface I;"), ("Low/E.cs", "enum E { A }"), ("Low/Lower/C.cs", "static class C { const int A = 1; }")).Folders.Order());

    [Fact]
    public void Folder_OfAPartialType_IsThatOfEachMethod() => Assert.Equal(
        ["High -> Low: A.Up names A", "High -> Low: A.Up names B", "Low -> High: A.Down names A"],
        Project(
                ("Low/A.cs", "partial class A { public void Down() => Up(); public static void Flat() { } }"),
                ("Low/B.cs", "class B;"),
                ("High/A.Up.cs", "partial class A { public object Up() { Flat(); return new B(); } }"))
            .References.Select(edge => edge.ToString()).Order());

    [Fact]
    public void Folder_OutsideOfTheProject_IsNone()
    {
        var (assembly, symbols) = CompiledSource.WithSymbols(("/elsewhere/obj/Generated.cs", "class A;"));

        Assert.Empty(FolderLayersProject.Of(assembly, symbols, [Place]).Folders);
    }

    [Fact]
    public void Problems_UpwardReference_IsReported() => Assert.Equal(
        ["References of P that do not go to a lower folder: 1; 0 are allowed:\nLow -> High: A.type names B"],
        Problems("P: 0 wrong, 0 in circles\n Low\n High", ("Low/A.cs", "class A : B;"), ("High/B.cs", "class B;")));

    [Theory]
    [InlineData("Low | High")]
    [InlineData("Low, High")]
    [InlineData("Low < Middle | High")]
    [InlineData("High < Low, Side | Other")]
    public void Problems_SidewaysAndDownwardReferences_AreToldApart(string line)
    {
        var list = FolderLayersList.Read($"P: 1 wrong, 0 in circles\n {line}").Single();

        Assert.Equal(line.StartsWith("High <", StringComparison.Ordinal), list.IsAbove("Low", "High"));
        Assert.False(list.IsAbove("High", "Low"));
    }

    [Fact]
    public void Problems_SidewaysReference_IsReported() => Assert.Equal(
        ["References of P that do not go to a lower folder: 1; 0 are allowed:\nLeft -> Right: A.Method names B"],
        Problems(
            "P: 0 wrong, 0 in circles\n Left | Right",
            ("Left/A.cs", "class A { void Method() => B.Run(); }"),
            ("Right/B.cs", "class B { public static void Run() { } }")));

    [Fact]
    public void Problems_Circle_IsReported() => Assert.Equal(
        ["Folders of P in circles: 3; 0 are allowed:\nA, B, C"],
        Problems(
            "P: 1 wrong, 0 in circles\n A\n B\n C\n D",
            ("A/A.cs", "class A : C;"),
            ("B/B.cs", "class B { A? _a; }"),
            ("C/C.cs", "class C { B? _b; }"),
            ("D/D.cs", "class D { B? _b; }")));

    [Fact]
    public void Problems_DownwardReference_IsNone() => Assert.Empty(Problems(
        "P: 0 wrong, 0 in circles\n Low\n High", ("High/A.cs", "class A : B;"), ("Low/B.cs", "class B;")));

    [Fact]
    public void Problems_FolderInNoList_TellsWhereToWriteIt() => Assert.StartsWith(
        "src/P/High is in no list: write \"High\" into the block P of tests/",
        Assert.Single(Problems("P: 0 wrong, 0 in circles\n Low", ("High/A.cs", "class A : B;"), ("Low/B.cs", "class B;"))),
        StringComparison.Ordinal);

    [Fact]
    public void Problems_FewerThanAllowed_TellsWhatToWrite() => Assert.Equal(
        [
            $"References of P that do not go to a lower folder: 0; 2 are allowed. Write \"0 wrong\" into {FolderLayersList.File}:",
            $"Folders of P in circles: 0; 3 are allowed. Write \"0 in circles\" into {FolderLayersList.File}:",
        ],
        Problems("P: 2 wrong, 3 in circles\n Low", ("Low/B.cs", "class B;")));

    [Fact]
    public void Problems_ListedFolderWithoutTypes_IsReportedOnceNothingIsWrong() => Assert.StartsWith(
        "src/P/Gone holds no type:",
        Assert.Single(Problems("P: 0 wrong, 0 in circles\n Low\n Gone", ("Low/B.cs", "class B;"))),
        StringComparison.Ordinal);

    private static IEnumerable<string> Problems(string list, params (string Path, string Text)[] files) =>
        FolderLayers.Problems(FolderLayersList.Read(list).Single(), Project(files) with { Name = "P" });

    private static FolderLayersProject Project(params (string Path, string Text)[] files)
    {
        var (assembly, symbols) = CompiledSource.WithSymbols([.. files.Select(file => (Place + file.Path, file.Text))]);

        return FolderLayersProject.Of(assembly, symbols, [Place]);
    }
}
