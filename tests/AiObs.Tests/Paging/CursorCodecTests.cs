using AiObs.Paging;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Tests.Paging;

public sealed class CursorCodecTests
{
    private static readonly Config Quiet = Fuzz.Config();

    [Fact]
    public void Decode_WhatWasEncoded_IsTheSamePosition() => Check.One(Quiet, Prop.ForAll<byte[], ulong>((bytes, listing) =>
    {
        var position = bytes.Take(64).ToArray();
        var decoded = new byte[position.Length];

        CursorCodec.Decode(CursorCodec.Encode(listing, position), listing, decoded);

        Assert.Equal(position, decoded);
    }));

    [Fact]
    public void Decode_AnyText_IsRefused() => Check.One(Quiet, Prop.ForAll<string>(text =>
        Assert.Throws<InvalidCursorException>(() => CursorCodec.Decode(text ?? "", 1, new byte[8]))));

    [Fact]
    public void Decode_PositionOfAnotherLength_IsRefused() => Assert.Throws<InvalidCursorException>(
        () => CursorCodec.Decode(CursorCodec.Encode(1, new byte[8]), 1, new byte[24]));

    [Fact]
    public void Decode_OtherListing_SaysThatTheCursorIsOfAnother()
    {
        var refused = Assert.Throws<InvalidCursorException>(
            () => CursorCodec.Decode(CursorCodec.Encode(1, new byte[8]), 2, new byte[8]));

        Assert.Equal(
            "The cursor belongs to a listing with other filters or another order. "
            + "Repeat the query that returned it, or pass no cursor to start with the first page.",
            refused.Message);
    }

    [Fact]
    public void Encode_Cursor_NeedsNoEscapingInAnAddress() => Check.One(Quiet, Prop.ForAll<byte[]>(bytes =>
    {
        var cursor = CursorCodec.Encode(ulong.MaxValue, bytes.Take(64).ToArray());

        Assert.Equal(cursor, Uri.EscapeDataString(cursor));
    }));

    [Fact]
    public void Fingerprint_PartsCutElsewhere_Differs()
    {
        Assert.NotEqual(CursorCodec.Fingerprint("a", "bc"), CursorCodec.Fingerprint("ab", "c"));
        Assert.NotEqual(CursorCodec.Fingerprint("a", null), CursorCodec.Fingerprint("a", ""));
        Assert.NotEqual(CursorCodec.Fingerprint(null, "a"), CursorCodec.Fingerprint("a", null));
        Assert.Equal(CursorCodec.Fingerprint("a", "b"), CursorCodec.Fingerprint("a", "b"));
    }
}
