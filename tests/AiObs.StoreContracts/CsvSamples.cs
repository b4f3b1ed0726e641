namespace AiObs.StoreContracts;

/// <summary>Texts that a spreadsheet might run, and how a CSV export makes them harmless.</summary>
public static class CsvSamples
{
    public static TheoryData<string, string> Formulas => new()
    {
        { "=1+1", "'=1+1" },
        { "+1", "'+1" },
        { "-1", "'-1" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "\tx", "'\tx" },
        { "\rx", "\"'\rx\"" },
        { "\nx", "\"'\nx\"" },
        { " =1", "' =1" },
        { "\uff1d1", "'\uff1d1" },
        { "=\"a\",b", "\"'=\"\"a\"\",b\"" },
        { "a=1", "a=1" },
        { " ", " " },
    };
}
