namespace AiObs.ArchitectureTests.Rules;

/// <summary>Shows each rule about source files something to object to and something to leave alone.</summary>
public sealed class SourceRulesTests
{
    [Theory]
    [InlineData("src/AiObs.Cost/Receipt.cs", "namespace AiObs;")]
    [InlineData("src/AiObs/Receipt.cs", "namespace AiObs.Cost;")]
    [InlineData("src/AiObs/Receipt.cs", "namespace AiObs.Cost { }")]
    [InlineData("src/AiObs.OpenTelemetry/Bridge/Receipt.cs", "namespace AiObs.Bridge;")]
    [InlineData("src/AiObs.Store/Events/Receipt.cs", "namespace AiObs.Store; internal class Receipt;")]
    [InlineData("src/AiObs.Store/Events/Receipt.cs", "namespace AiObs.Store.Events; public class Receipt;")]
    [InlineData("src/AiObs.Store.Sqlite/Receipt.cs", "namespace AiObs.Store.Sqlite; public class Receipt;")]
    [InlineData("src/AiObs.Prices/Receipt.cs", "namespace AiObs.Prices; public class Receipt;")]
    [InlineData("src/AiObs.Prices/Receipt.cs", "namespace AiObs.Store; public class Receipt;")]
    [InlineData("src/AiObs.Store.Sqlite/AiObsReceiptExtensions.cs", "namespace AiObs.Store.Sqlite; public static class AiObsReceiptExtensions;")]
    [InlineData("src/AiObs/Tracing/Data/Receipt.cs", "namespace AiObs.Tracing.Data;")]
    [InlineData("src/AiObs/Tracing/Receipt.cs", "namespace AiObs; class Receipt;")]
    [InlineData("src/AiObs/Tracing/Receipt.cs", "namespace AiObs.Cost; public class Receipt;")]
    [InlineData("src/AiObs/Privacy/Receipt.cs", "namespace AiObs.Privacy; public class Receipt;")]
    [InlineData("src/AiObs/Options/Receipt.cs", "namespace AiObs.Options; class Receipt;")]
    [InlineData("src/AiObs.OpenTelemetry/Bridge/Receipt.cs", "namespace AiObs.OpenTelemetry; internal class Receipt;")]
    [InlineData("src/AiObs.OpenTelemetry/Bridge/Receipt.cs", "namespace AiObs.OpenTelemetry.Bridge; public class Receipt;")]
    [InlineData("src/AiObs.OpenTelemetry/Options/Receipt.cs", "namespace AiObs.OpenTelemetry.Options; internal class Receipt;")]
    public void NamespaceIsFolder_OtherNamespace_IsReported(string path, string text) =>
        Assert.Contains(path, Assert.Single(NamespaceIsFolder.Violations([new(path, text)])), StringComparison.Ordinal);

    [Theory]
    [InlineData("src/AiObs.Cost/Receipt.cs", "namespace AiObs.Cost;")]
    [InlineData("src/AiObs.OpenTelemetry/Receipt.cs", "// namespace X;\nnamespace AiObs.OpenTelemetry;")]
    [InlineData("src/AiObs.OpenTelemetry/Bridge/Receipt.cs", "namespace AiObs.OpenTelemetry.Bridge; internal class Receipt;")]
    [InlineData("src/AiObs.OpenTelemetry/Bridge/Receipt.cs", "namespace AiObs.OpenTelemetry; public class Receipt;")]
    [InlineData("src/AiObs.OpenTelemetry/Options/Receipt.cs", "namespace AiObs.OpenTelemetry; internal class Receipt;")]
    [InlineData("src/AiObs/AiObsServiceCollectionExtensions.cs", "namespace Microsoft.Extensions.DependencyInjection; public static class Receipts;")]
    [InlineData("src/AiObs/Tracing/Data/Receipt.cs", "namespace AiObs.Tracing;")]
    [InlineData("src/AiObs/Usings.cs", "global using System;")]
    [InlineData("src/AiObs/Privacy/Receipt.cs", "namespace AiObs; public class Receipt;")]
    [InlineData("src/AiObs/Options/Receipt.cs", "namespace AiObs; class Receipt;")]
    [InlineData("src/AiObs.Store/Events/Receipt.cs", "namespace AiObs.Store.Events; internal class Receipt;")]
    [InlineData("src/AiObs.Store/Events/Receipt.cs", "namespace AiObs.Store; public class Receipt;")]
    [InlineData("src/AiObs.Store.Sqlite/Receipt.cs", "namespace AiObs.Store; public class Receipt;")]
    [InlineData("src/AiObs.Prices/Receipt.cs", "namespace AiObs.Cost.Pricing; public class Receipt;")]
    [InlineData("src/AiObs.Store.Sqlite/AiObsReceiptExtensions.cs", "namespace Microsoft.Extensions.DependencyInjection; public static class AiObsReceiptExtensions;")]
    public void NamespaceIsFolder_SameNamespace_IsNotReported(string path, string text) =>
        Assert.Empty(NamespaceIsFolder.Violations([new(path, text)]));

    [Theory]
    [InlineData("A.cs", "namespace N; public class A; public class B;", "A.cs holds A and B.")]
    [InlineData("A.cs", "namespace N; public class A; internal enum B { C }", "A.cs holds A and B.")]
    [InlineData("A.cs", "namespace N; public class A; public delegate void B();", "A.cs holds A and B.")]
    [InlineData("A.cs", "namespace N { public class A<T>; } namespace N { public record B; }", "A.cs holds A and B.")]
    [InlineData("A.cs", "namespace N; public interface IA;", "A.cs holds IA.")]
    public void FileIsType_OtherOrMoreTypes_AreReported(string path, string text, string expected) =>
        Assert.Equal([expected], FileIsType.Violations([new(path, text)]));

    [Theory]
    [InlineData("A.cs", "namespace N; public class A { private record B; }")]
    [InlineData("A.cs", "namespace N; public class A; file class B;")]
    [InlineData("A.Streaming.cs", "namespace N; partial class A;")]
    [InlineData("A.TResult.cs", "namespace N; public delegate void A<T>();")]
    [InlineData("Assembly.cs", "[assembly: System.CLSCompliant(false)]")]
    public void FileIsType_OneTypeOfItsName_IsNotReported(string path, string text) =>
        Assert.Empty(FileIsType.Violations([new(path, text)]));

    [Fact]
    public void FileLength_OneLineTooMany_IsReported()
    {
        var longest = new TextFile("longest.cs", new string('\n', FileLength.Limit - 1));
        var tooLong = new TextFile("long.cs", new string('\n', FileLength.Limit));

        Assert.Equal(["long.cs has 401 lines; 400 are allowed."], FileLength.Violations([longest, tooLong]));
    }

    [Theory]
    [InlineData("class A { const string K = \"gen_ai.model\"; }", "class B { string M() => \"gen_ai.model\"; }", "a.cs, b.cs")]
    [InlineData("class A { const string K = \"gen_ai.model\"; const string L = \"gen_ai.model\"; }", "", "a.cs")]
    public void KeysWrittenOnce_WrittenTwice_IsReported(string first, string second, string places) => Assert.Equal(
        [$"\"gen_ai.model\" is written 2 times: in {places}."],
        KeysWrittenOnce.Violations([new("a.cs", first), new("b.cs", second)], new HashSet<string> { "gen_ai.model" }));

    [Theory]
    [InlineData("class B { string M() => \"gen_ai.model.name\"; }")]
    [InlineData("class B { /* \"gen_ai.model\" */ string M() => A.K; }")]
    public void KeysWrittenOnce_WrittenInTheConstantAlone_IsNotReported(string other) => Assert.Empty(KeysWrittenOnce.Violations(
        [new("a.cs", "class A { const string K = \"gen_ai.model\"; }"), new("b.cs", other)],
        new HashSet<string> { "gen_ai.model" }));

    [Fact]
    public void KeysWrittenOnce_EverydayWord_IsNotReported() => Assert.Empty(KeysWrittenOnce.Violations(
        [new("a.cs", "class A { const string K = \"metadata\"; string M() => \"metadata\"; }")],
        new HashSet<string> { "metadata" }));
}
